import * as z from "zod";
import { depositLifecycle } from "#shared/domain/deposits/lifecycle";
import { UserId } from "#shared/domain/kernel/ids";
import { Currency } from "#shared/domain/kernel/money";
import { Instant } from "#shared/domain/kernel/time";
import { EntryView } from "#shared/domain/ledger/entry-view";
import { TransactionType } from "#shared/domain/ledger/journal-entry";
import { houseMovementRefusals } from "#shared/domain/ledger/refusals";
import { http, list, schedule } from "./contract.ts";
import { TransactionView } from "./shapes.ts";

const Violation = z.object({ subject: z.string(), expected: z.string(), actual: z.string() });

const InvariantView = z.object({
  id: z.string(),
  title: z.string(),
  passed: z.boolean(),
  checked: z.int(),
  notJudged: z.int(),
  violations: z.array(Violation),
});

const LiabilityView = z.object({
  currency: Currency,
  ledger: z.int(),
  stripe: z.int(),
  difference: z.int(),
  topUp: z.int(),
});

const proving = [
  "ledger:read",
  "payments:read",
  "statements:listByType",
  "processorFeeRules:read",
  "journal:read",
] as const;

export const proveLedger = http({
  route: "GET /v1/admin/ledger/proof",
  roles: ["admin"],
  reply: z
    .object({
      balanced: z.boolean(),
      asOf: Instant,
      currencies: z.array(z.object({ currency: Currency, debits: z.int(), credits: z.int() })),
      invariants: z.array(InvariantView),
      liabilities: z.array(LiabilityView),
      chainHead: z.string(),
    })
    .meta({ id: "LedgerProof" }),
  refuses: [],
  uses: proving,
  runs: { timeoutSeconds: 29, memoryMb: 1024 },
  summary: "Prove that the ledger balances, invariant by invariant",
  ifItFails: "admins cannot check the books",
});

export const listTransactions = list({
  route: "GET /v1/admin/transactions",
  roles: ["admin"],
  query: z.strictObject({ userId: UserId.optional(), type: TransactionType.optional() }),
  reply: TransactionView,
  refuses: [],
  uses: ["ledger:listTransactions"],
  summary: "List what moved in everybody's wallets, or in one person's, newest first",
  ifItFails: "admins cannot see what moved",
});

export const bookHouseMovement = http({
  route: "POST /v1/admin/ledger/house-movements",
  roles: ["admin"],
  body: z.strictObject({
    balanceTransactionId: z
      .string()
      .max(255)
      .regex(/^txn_\w+$/, "must be a balance transaction's id (txn_…)"),
    /** Who moved the money, and why: kept in the audit. */
    reason: z.string().trim().min(1).max(1_000),
  }),
  reply: EntryView.meta({ id: "JournalEntry" }),
  status: 201,
  refuses: [houseMovementRefusals.unknown, houseMovementRefusals.booked],
  idempotency: "required",
  uses: ["statements:find", "payments:follow", "deposits:find", "deposits:write", "journal:read", "journal:write"],
  causes: [depositLifecycle.forgo],
  runs: { timeoutSeconds: 29 },
  summary:
    "Book a top-up, a payout, a fee or a payment that is no deposit's of the house's account at the payment processor",
  ifItFails: "what the house itself moved at the processor stays out of the books, which do not balance until then",
});

/** What Stripe takes after it, the proof finds named by Stripe, until the next run. */
export const bookProcessorFees = schedule({
  job: "book-processor-fees",
  every: "cron(30 * * * ? *)",
  timeZone: "UTC",
  uses: ["statements:listByType", "processorFeeRules:read", "journal:read", "journal:write"],
  runs: { timeoutSeconds: 300 },
  summary: "Book what the payment processor takes of the house's own account: its fees, and taxes on them",
  ifItFails: "the processor's fees stay out of the books, which do not balance until an admin books each",
});

/** After midnight in UTC, when whatever was decided before it has been written and sealed: half an hour, and some more. */
export const auditLedger = schedule({
  job: "audit-ledger",
  every: "cron(45 0 * * ? *)",
  timeZone: "UTC",
  uses: ["ledger:close", ...proving],
  runs: { timeoutSeconds: 900, memoryMb: 1024 },
  summary: "Close yesterday's books and prove the ledger",
  ifItFails: "nobody knows whether the books balance, and tomorrow's proof has more to read",
});
