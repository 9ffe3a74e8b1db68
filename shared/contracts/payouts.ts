import * as z from "zod";
import { idOf, UserId } from "#shared/domain/kernel/ids";
import { Money, PositiveMoney } from "#shared/domain/kernel/money";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { Instant } from "#shared/domain/kernel/time";
import { payoutLifecycle } from "#shared/domain/payouts/lifecycle";
import { PaidPart, PayoutStatus } from "#shared/domain/payouts/payout";
import { PayoutAccountStatus } from "#shared/domain/payouts/payout-account";
import { payoutRefusals } from "#shared/domain/payouts/refusals";
import { DAILY_JOB } from "#shared/domain/payouts/where-to-begin";
import { userRefusals } from "#shared/domain/users/refusals";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { http, list, onEvent, schedule } from "./contract.ts";
import { userPath } from "./paths.ts";

/** Asking the processor three times takes this long at most, and ends before the gateway's 30 s. */
const askingProcessor = { timeoutSeconds: 29 } as const;

const PayoutView = z
  .object({
    id: idOf("payout"),
    creatorId: UserId,
    amount: Money,
    status: PayoutStatus,
    parts: z.array(PaidPart),
    /** How much of its transfer to the creator's account at the processor was taken back. */
    reversedMinor: z.int().min(0).optional(),
    failureCode: z.string().optional(),
    paidAt: Instant.optional(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: "Payout" });

const PayoutAccountView = z
  .object({
    status: PayoutAccountStatus,
    payoutsEnabled: z.boolean(),
    requirementsDue: z.array(z.string()),
    /** Those that it can be paid in: of its banks, and its own. */
    currencies: z.array(z.string()).optional(),
    /** While something is asked for: good once, for some minutes. */
    onboardingUrl: z.url().optional(),
  })
  .meta({ id: "PayoutAccount" });

const requestRefusals = [
  walletRefusals.notFound,
  accessRefusals.ownerSuspended,
  payoutRefusals.noAccount,
  walletRefusals.currencyMismatch,
  walletRefusals.amountNotPayable,
  payoutRefusals.exceedsAvailable,
  payoutRefusals.belowMinimum,
  payoutRefusals.tooManyEarnings,
] as const;

export const openPayoutAccount = http({
  route: "POST /v1/payout-account",
  roles: ["creator"],
  reply: PayoutAccountView,
  status: 201,
  statusWhenThere: 200,
  refuses: [],
  uses: ["accounts:read", "payoutAccounts:read", "payoutAccounts:write", "connectedAccounts:open"],
  runs: askingProcessor,
  summary: "Open the account that your payouts go to, or go on with it",
  ifItFails: "creators cannot set up how they are paid",
});

export const openPayoutAccountFor = http({
  route: "POST /v1/admin/users/{userId}/payout-account",
  roles: ["admin"],
  path: userPath,
  reply: PayoutAccountView,
  status: 201,
  statusWhenThere: 200,
  refuses: [userRefusals.notFound],
  uses: ["accounts:read", "payoutAccounts:read", "payoutAccounts:write", "connectedAccounts:open"],
  runs: askingProcessor,
  summary: "Open the account of a creator who cannot sign in any more, or go on with it: the next run pays them",
  ifItFails: "what creators have earned who cannot sign in any more stays with us",
});

export const getPayoutAccount = http({
  route: "GET /v1/payout-account",
  roles: ["creator"],
  reply: PayoutAccountView,
  refuses: [payoutRefusals.accountNotFound],
  uses: ["payoutAccounts:read", "payoutAccounts:write", "connectedAccounts:read"],
  runs: askingProcessor,
  summary: "Read the account that your payouts go to, as the processor has it now",
  ifItFails: "creators do not see what is still asked of them",
});

export const requestPayout = http({
  route: "POST /v1/payouts",
  roles: ["creator"],
  body: z.strictObject({ amount: PositiveMoney.optional() }),
  reply: PayoutView,
  status: 202,
  refuses: requestRefusals,
  idempotency: "required",
  uses: [
    "wallets:read",
    "payoutAccounts:read",
    "earnings:listPayable",
    "earnings:write",
    "payouts:write",
    "payoutRules:read",
    "journal:post",
  ],
  summary: "Ask for your earnings to be paid out",
  ifItFails: "creators cannot ask for their money",
});

export const listPayouts = list({
  route: "GET /v1/payouts",
  roles: ["creator"],
  reply: PayoutView,
  refuses: [],
  uses: ["payouts:list"],
  summary: "List your payouts",
  ifItFails: "creators do not see their payouts",
});

export const getPayout = http({
  route: "GET /v1/payouts/{payoutId}",
  roles: ["creator", "admin"],
  path: z.strictObject({ payoutId: idOf("payout") }),
  reply: PayoutView,
  refuses: [payoutRefusals.notFound],
  uses: ["payouts:read"],
  summary: "Read one payout",
  ifItFails: "creators do not see how far their payout is",
});

export const startPayoutRun = http({
  route: "POST /v1/admin/payout-runs",
  roles: ["admin"],
  reply: z.object({ runId: z.string(), queued: z.int().min(0) }).meta({ id: "PayoutRun" }),
  status: 202,
  refuses: [],
  idempotency: "required",
  uses: ["earnings:listPayableCreators", "payoutRuns:write", "jobs:list"],
  runs: askingProcessor,
  summary: "Pay every creator whose earnings can be paid out",
  ifItFails: "admins cannot pay everybody at once; the daily job still does",
});

const payingOut = [
  "wallets:read",
  "payoutAccounts:read",
  "earnings:listPayable",
  "earnings:write",
  "payouts:read",
  "payouts:write",
  "payoutRules:read",
  "journal:post",
] as const;

export const payOutCreators = onEvent({
  events: ["payout.run_due"],
  uses: payingOut,
  runs: { timeoutSeconds: 120 },
  summary: "Ask for the payouts of a run, creator by creator",
  ifItFails: "creators of a run are not paid until the daily job",
});

export const runPayouts = schedule({
  job: DAILY_JOB,
  every: "cron(0 6 * * ? *)",
  timeZone: "UTC",
  uses: [...payingOut, "earnings:listPayableCreators", "jobs:list"],
  runs: { timeoutSeconds: 600 },
  summary: "Pay out what creators have earned, every day",
  ifItFails: "creators are paid only when they ask",
});

export const carryOutPayouts = onEvent({
  events: ["payout.step_due", "processor.object_changed"],
  uses: [
    "payouts:read",
    "payouts:listShort",
    "payouts:write",
    "wallets:read",
    "earnings:read",
    "earnings:write",
    "payoutProcessor:carryOut",
    "journal:post",
  ],
  causes: Object.values(payoutLifecycle),
  // One at a time: each asks the processor, which takes so many a second.
  delivers: { batchSize: 1, maxConcurrency: 5 },
  runs: { timeoutSeconds: 60 },
  summary: "Take the next step of a payout at the processor",
  ifItFails: "payouts stand still, and are looked at again by the job",
});

export const resumePayouts = onEvent({
  events: ["account.reinstated"],
  uses: ["payouts:list", "payouts:read", "payouts:write"],
  runs: { timeoutSeconds: 60 },
  summary: "Have a creator's payouts go on when their ban has ended",
  ifItFails: "payouts that were held go on up to a day later",
});

export const followPayouts = schedule({
  job: "follow-payouts",
  every: "rate(5 minutes)",
  timeZone: "UTC",
  uses: ["payouts:listDue", "payouts:read", "payouts:write", "wallets:read"],
  runs: { timeoutSeconds: 240 },
  summary: "Have payouts looked at that no event has moved in time",
  ifItFails: "a payout whose event was lost stays where it is",
});

/** Before the payouts of the day, when what was under way yesterday has mostly arrived. */
export const comparePayoutAccounts = schedule({
  job: "compare-payout-accounts",
  every: "cron(15 4 * * ? *)",
  timeZone: "UTC",
  uses: ["payouts:listUnderWay", "payouts:list", "payouts:listShort", "payoutProcessor:look"],
  runs: { timeoutSeconds: 900 },
  summary: "Compare what stands on creators' accounts at the processor with what our payouts have there",
  ifItFails: "money that is missing on a creator's account there, or too much, is found only when a payout meets it",
});

export const followPayoutAccounts = onEvent({
  // Of an account that was closed the processor tells nothing more: the payout that fails on it does.
  events: ["processor.object_changed", "payout.failed"],
  uses: ["payoutAccounts:read", "payoutAccounts:write", "connectedAccounts:read"],
  runs: { timeoutSeconds: 60 },
  summary: "Know what the processor says of a creator's account",
  ifItFails: "creators who are ready are told that they are not, until they look",
});

export const releaseEarnings = schedule({
  job: "release-earnings",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["earnings:listMatured", "earnings:read", "earnings:write", "wallets:read", "journal:post"],
  runs: { timeoutSeconds: 600 },
  summary: "Make earnings available whose hold is over",
  ifItFails: "creators wait for earnings whose hold is over",
});
