import * as z from "zod";
import { idOf } from "#shared/domain/kernel/ids";
import { PositiveMoney } from "#shared/domain/kernel/money";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { refundLifecycle } from "#shared/domain/refunds/lifecycle";
import { Deposit, MismatchReason } from "#shared/domain/deposits/deposit";
import { depositLifecycle } from "#shared/domain/deposits/lifecycle";
import { depositRefusals } from "#shared/domain/deposits/refusals";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { http, schedule } from "./contract.ts";
import { askingStripe, sweepingStripe } from "./limits.ts";

const DepositView = Deposit.pick({
  id: true,
  paymentIntentId: true,
  clientSecret: true,
  amount: true,
  status: true,
  createdAt: true,
})
  .extend({
    /** Why it is not credited although the processor holds a payment: somebody looks into it. */
    mismatch: MismatchReason.optional(),
  })
  .meta({ id: "Deposit" });

export const depositFunds = http({
  route: "POST /v1/wallet/deposits",
  roles: ["brand", "admin"],
  body: PositiveMoney,
  reply: DepositView,
  status: 201,
  refuses: [
    walletRefusals.notFound,
    walletRefusals.currencyMismatch,
    accessRefusals.ownerSuspended,
    depositRefusals.belowMinimum,
    depositRefusals.aboveMaximum,
    depositRefusals.notChargeable,
  ],
  idempotency: "required",
  uses: ["accounts:read", "wallets:read", "walletProfiles:write", "deposits:write", "payments:charge"],
  runs: askingStripe,
  summary: "Begin a deposit by card",
  ifItFails: "brands cannot pay in",
});

export const confirmDeposit = http({
  route: "POST /v1/wallet/deposits/{depositId}/confirmation",
  roles: ["brand", "admin"],
  path: z.strictObject({ depositId: idOf("deposit") }),
  reply: DepositView,
  refuses: [depositRefusals.notFound],
  uses: ["deposits:follow", "deposits:write", "journal:post", "payments:read"],
  causes: [depositLifecycle.complete, depositLifecycle.fail],
  runs: askingStripe,
  summary: "Ask the payment processor whether a deposit was paid, and credit it once",
  ifItFails: "deposits are credited by the webhook only",
});

export const sweepDeposits = schedule({
  job: "sweep-deposits",
  every: "rate(15 minutes)",
  timeZone: "UTC",
  uses: [
    "accounts:listAdmins",
    "deposits:followAny",
    "deposits:read",
    "deposits:listDue",
    "deposits:write",
    "refunds:write",
    "cardDisputes:write",
    "journal:post",
    "payments:follow",
  ],
  causes: [
    depositLifecycle.complete,
    depositLifecycle.fail,
    refundLifecycle.submit,
    refundLifecycle.succeed,
    refundLifecycle.fail,
  ],
  runs: sweepingStripe,
  summary: "Ask the payment processor about deposits that nobody confirmed, and about fees that were not known yet",
  ifItFails: "a paid deposit whose webhook was lost is not credited until its brand asks for confirmation",
});
