import type { Export, OpenExports } from "#shared/domain/exports/export";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

/** The audit trail keeps for longer who exported what. */
export const exported = {
  kind: "export",
  prefix: "EXPORT",
  partition: ["id"],
  sort: [],
  expires: { days: 90, after: "createdAt" },
  listings: {
    /** Those that are neither completed nor failed, by when they were asked for. */
    due: {
      index: "due",
      prefix: "EXPORTS_DUE",
      partition: [],
      sort: ["createdAt", "id"],
      spread: SPREAD,
      when: ({ status }: Export) => status === "queued" || status === "running",
    },
  },
} as const satisfies Declaration<Export>;

export const openExports = {
  kind: "openExports",
  prefix: "OPEN_EXPORTS",
  partition: ["userId"],
  sort: [],
} as const satisfies Declaration<OpenExports>;
