import type { Export, OpenExports } from "#shared/domain/exports/export";
import type { Declaration } from "../item.ts";

/** The audit trail keeps for longer who exported what. */
export const exported = {
  kind: "export",
  prefix: "EXPORT",
  partition: ["id"],
  sort: [],
  expires: { days: 90, after: "createdAt" },
} as const satisfies Declaration<Export>;

export const openExports = {
  kind: "openExports",
  prefix: "OPEN_EXPORTS",
  partition: ["userId"],
  sort: [],
} as const satisfies Declaration<OpenExports>;
