import type { RefusalCode } from "../kernel/refusal.ts";

export const depositRefusals = {
  notFound: { kind: "not_found", code: "deposit.not_found", title: "There is no such deposit" },
  belowMinimum: {
    kind: "unprocessable",
    code: "deposit.below_minimum",
    title: "The amount is below what can be charged",
  },
  aboveMaximum: {
    kind: "unprocessable",
    code: "deposit.above_maximum",
    title: "The amount is above what can be charged at once",
  },
  notChargeable: {
    kind: "unprocessable",
    code: "deposit.not_chargeable",
    title: "No card can be charged exactly this amount",
  },
  notTheSamePayment: {
    kind: "conflict",
    code: "deposit.not_the_same_payment",
    title: "The payment is not this deposit's",
  },
} as const satisfies Record<string, RefusalCode>;
