import type { RefusalCode } from "../kernel/refusal.ts";

export const refundRefusals = {
  notFound: { kind: "not_found", code: "refund.not_found", title: "There is no such refund" },
  exceedsDeposits: {
    kind: "unprocessable",
    code: "refund.exceeds_deposits",
    title: "The deposits do not hold that much any more",
  },
  /** Said where money came back to a brand that still owes some. */
  debtFirst: {
    kind: "unprocessable",
    code: "refund.debt_first",
    title: "What a card dispute has left to be paid comes first",
  },
  /** No client is told: only the processor's word moves a refund. */
  ended: { kind: "conflict", code: "refund.ended", title: "The refund has ended" },
} as const satisfies Record<string, RefusalCode>;
