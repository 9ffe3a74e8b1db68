/** Rows of the catalogue about what is never changed: who did what, and the chains that prove it. */
import type { AuditTrail } from "./audit-trail.ts";
import { stored } from "./capability.ts";
import type { Seals } from "./seals.ts";

export const auditCapabilities = {
  "auditTrail:list": stored<Pick<AuditTrail, "rows">>()({
    gets: ["sealHead"],
    queries: ["seal"],
    lists: ["auditEntry.all", "auditEntry.ofActor", "auditEntry.ofResource"],
  }),
  /** Everything that is sealed, its seals, and how far they are proven. */
  "auditTrail:prove": stored<Pick<AuditTrail, "after" | "proof">>()({
    gets: ["sealHead", "auditProof", "journalEntry", "ledgerClose"],
    queries: ["seal"],
    lists: ["auditEntry.all"],
  }),
  "auditTrail:keepProof": stored()({ commits: ["auditProof"] }),
  /** The chains, which nobody else writes. */
  "seals:append": stored<Seals>()({
    gets: ["sealHead"],
    queries: ["seal"],
    writes: ["seal", "sealHead"],
    checks: ["seal"],
  }),
} as const;
