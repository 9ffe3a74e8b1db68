import * as z from "zod";
import { idOf, idPrefixes } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** Who did what, to what, when, on which request: written in the transaction of what it tells of, and never changed. */
export const AuditEntry = z.object({
  id: idOf("auditEntry"),
  at: Instant,
  actorId: z.string(),
  /** Whose decision an admin made for them. */
  onBehalfOf: z.string().optional(),
  action: z.string(),
  resource: z.object({ type: z.string(), id: z.string() }),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
  requestId: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The audit row of a commit has the commit's own ULID: whoever has the one finds the other. */
export const auditIdOf = (commitId: string): string =>
  commitId.replace(`${idPrefixes.commit}_`, `${idPrefixes.auditEntry}_`);
