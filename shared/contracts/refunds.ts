import * as z from "zod";
import { idOf, UserId } from "#shared/domain/kernel/ids";
import { Money, PositiveMoney } from "#shared/domain/kernel/money";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { Instant } from "#shared/domain/kernel/time";
import { CardDispute } from "#shared/domain/card-disputes/card-dispute";
import { refundLifecycle } from "#shared/domain/refunds/lifecycle";
import { RefundStatus } from "#shared/domain/refunds/refund";
import { refundRefusals } from "#shared/domain/refunds/refusals";
import { depositRefusals } from "#shared/domain/deposits/refusals";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { http, list, onEvent, schedule } from "./contract.ts";
import { askingStripe, sweepingStripe } from "./limits.ts";

const RefundView = z
  .object({
    id: idOf("refund"),
    amount: Money,
    status: RefundStatus,
    /** What has really gone back. */
    refunded: Money,
    parts: z.array(z.object({ depositId: idOf("deposit"), amount: Money, status: RefundStatus })),
    createdAt: Instant,
  })
  .meta({ id: "Refund" });

export const requestRefund = http({
  route: "POST /v1/wallet/refunds",
  roles: ["brand", "admin"],
  body: z.strictObject({ amount: PositiveMoney, depositId: idOf("deposit").optional() }),
  reply: RefundView,
  status: 202,
  refuses: [
    walletRefusals.notFound,
    walletRefusals.currencyMismatch,
    walletRefusals.amountNotPayable,
    walletRefusals.insufficientFunds,
    accessRefusals.ownerSuspended,
    depositRefusals.notFound,
    refundRefusals.exceedsDeposits,
    refundRefusals.debtFirst,
  ],
  idempotency: "required",
  uses: ["wallets:read", "deposits:read", "deposits:listRefundable", "deposits:write", "refunds:write", "journal:post"],
  summary: "Ask for unspent money to go back the way it came",
  ifItFails: "brands cannot take back what they have not spent",
});

export const listRefunds = list({
  route: "GET /v1/wallet/refunds",
  roles: ["brand", "admin"],
  reply: RefundView,
  refuses: [],
  uses: ["refunds:list"],
  summary: "List your refunds",
  ifItFails: "brands cannot see what became of their refunds",
});

export const getRefund = http({
  route: "GET /v1/wallet/refunds/{refundId}",
  roles: ["brand", "admin"],
  path: z.strictObject({ refundId: idOf("refund") }),
  reply: RefundView,
  refuses: [refundRefusals.notFound],
  uses: ["refunds:read"],
  summary: "Read one of your refunds",
  ifItFails: "brands cannot see what became of a refund",
});

const { submit, succeed, fail } = refundLifecycle;

export const submitRefund = onEvent({
  events: ["refund.requested"],
  delivers: { batchSize: 3, maxConcurrency: 5 },
  uses: ["deposits:follow", "deposits:write", "refunds:read", "refunds:write", "journal:post", "payments:refund"],
  causes: [submit, succeed, fail],
  runs: askingStripe,
  summary: "Ask the payment processor for a refund, once",
  ifItFails: "refunds wait for the sweep; the money is set aside, and neither spent nor lost",
});

export const sweepRefunds = schedule({
  job: "sweep-refunds",
  every: "rate(15 minutes)",
  timeZone: "UTC",
  uses: [
    "deposits:follow",
    "deposits:write",
    "refunds:read",
    "refunds:listDue",
    "refunds:write",
    "journal:post",
    "payments:refund",
  ],
  causes: [submit, succeed, fail],
  runs: sweepingStripe,
  summary: "Ask the payment processor about refunds that have not ended",
  ifItFails: "a refund whose request or answer was lost stays on its way",
});

export const listCardDisputes = list({
  route: "GET /v1/admin/card-disputes",
  roles: ["admin"],
  reply: CardDispute.pick({
    id: true,
    depositId: true,
    paymentIntentId: true,
    amount: true,
    status: true,
    reason: true,
    evidenceDueAt: true,
    withdrawnMinor: true,
    createdAt: true,
    updatedAt: true,
  })
    .extend({ userId: UserId })
    .meta({ id: "CardDispute" }),
  refuses: [],
  uses: ["cardDisputes:list"],
  summary: "List deposits that a card's bank disputes",
  ifItFails: "admins do not see disputes in time to answer them",
});
