import type { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import type { Declaration } from "../item.ts";

export const reconciliation = {
  kind: "reconciliation",
  prefix: "RECONCILIATION",
  partition: ["date"],
  sort: [],
} as const satisfies Declaration<Reconciliation>;
