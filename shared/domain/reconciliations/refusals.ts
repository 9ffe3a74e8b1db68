import type { RefusalCode } from "../kernel/refusal.ts";

export const reconciliationRefusals = {
  notFound: {
    kind: "not_found",
    code: "reconciliation.not_found",
    title: "That day is not reconciled, or not yet",
  },
} as const satisfies Record<string, RefusalCode>;
