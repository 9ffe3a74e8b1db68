import * as z from "zod";
import { idOf, idPrefixes } from "../kernel/ids.ts";
import { systemActor } from "../kernel/actor.ts";
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

const SYSTEM = systemActor("").userId;

/** Whether a person did it, and no job, consumer or webhook. */
export const isPerson = (actorId: string): boolean => !actorId.startsWith(SYSTEM);

/** What rows are looked for by; all that is given must hold. */
export interface AuditFilter {
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: AuditEntry["resource"] | undefined;
  /** Both included. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

/** Whether a row is one that was looked for, as far as its instant does not say. */
export const isLookedFor =
  ({ actorId, action, resource }: AuditFilter) =>
  (row: AuditEntry): boolean =>
    (actorId === undefined || row.actorId === actorId) &&
    (action === undefined || row.action === action) &&
    (resource === undefined || (row.resource.type === resource.type && row.resource.id === resource.id));

/** A row as admins see it: with the hash of the seal that holds it and of the one before, null until it is sealed. */
export const sealedRow = ({
  row,
  seal,
}: {
  readonly row: AuditEntry;
  readonly seal: { readonly hash: string; readonly previousHash: string } | undefined;
}) => ({ ...row, hash: seal?.hash ?? null, previousHash: seal?.previousHash ?? null });
