import { type AuditEntry, auditIdOf } from "#shared/domain/audit/audit-entry";
import type { AuditNote } from "#shared/domain/change";
import type { CommitContext } from "#shared/ports/changes";
import type { Operation } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** The audit row of a change: one put under a key of its own, so that no two commits meet in it. Sealed afterwards. */
export function planAudit(note: AuditNote, commitId: string, { now, actor, requestId }: CommitContext): Operation {
  const entry: AuditEntry = {
    id: auditIdOf(commitId),
    at: now,
    actorId: actor.userId,
    ...(note.onBehalfOf !== undefined && { onBehalfOf: note.onBehalfOf }),
    action: note.action,
    resource: note.resource,
    changes: [...(note.changes ?? [])],
    requestId,
  };
  return { kind: "put", item: storedItem(items.auditEntry, entry), when: { absent: true } };
}
