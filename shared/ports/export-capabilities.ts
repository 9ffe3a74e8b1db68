/** Rows of the catalogue about files that people take with them. */
import { capability, stored } from "./capability.ts";
import type { ExportedLists, ExportFiles, Exports } from "./exports.ts";

/** The bucket of exported files. */
const exportStore = { environment: ["EXPORTS_BUCKET", "EXPORTS_ORIGIN", "EXPORTS_REGION"] } as const;

export const exportCapabilities = {
  "exports:read": stored<Pick<Exports, "get">>()({ gets: ["export"] }),
  "exports:readOpen": stored<Pick<Exports, "openOf">>()({ gets: ["openExports"] }),
  "exports:listOverdue": stored<Pick<Exports, "overdue">>()({ lists: ["export.due"] }),
  "exports:write": stored()({ commits: ["export", "openExports"] }),
  "exportedLists:read": stored<ExportedLists>()({
    queries: ["walletTransaction", "earning", "submission"],
    lists: ["walletTransaction.all", "earning.all", "submission.ofCreator"],
  }),
  "exportFiles:write": capability<Pick<ExportFiles, "begin" | "put" | "complete" | "abandon">>()(exportStore),
  "exportFiles:link": capability<Pick<ExportFiles, "link">>()(exportStore),
} as const;
