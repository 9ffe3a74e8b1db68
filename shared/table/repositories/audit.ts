import { createHash } from "node:crypto";
import * as z from "zod";
import { canonicalJson } from "#shared/domain/kernel/canonical";
import type { AuditNote } from "#shared/domain/change";
import type { CommitContext } from "#shared/ports/changes";
import type { Operation, TableEngine } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** Chains side by side, so that unrelated changes do not wait for one head. */
export const AUDIT_STREAMS = 64;
const NO_HASH = "0".repeat(64);

const StoredHead = z.object({ sequence: z.int(), hash: z.string() });

/** Where a chain ended when it was read. */
interface Head {
  readonly stream: number;
  readonly sequence: number;
  readonly hash: string;
}

/** Entries about one thing are in one chain, in order. */
const streamOf = ({ type, id }: AuditNote["resource"]): number =>
  createHash("sha256").update(`${type}#${id}`).digest().readUInt32BE(0) % AUDIT_STREAMS;

export async function readHead(table: TableEngine, note: AuditNote): Promise<Head> {
  const stream = streamOf(note.resource);
  const item = await table.get(itemKey(items.auditHead, { stream }));
  return { stream, ...(item === undefined ? { sequence: 0, hash: NO_HASH } : StoredHead.parse(item)) };
}

export const entryHash = (previousHash: string, content: object): string =>
  createHash("sha256").update(previousHash).update(canonicalJson(content)).digest("hex");

/** The next entry of a chain and the move of its head; a head that moved meanwhile makes the write fail. */
export function planAudit(note: AuditNote, head: Head, context: CommitContext): Operation[] {
  const sequence = head.sequence + 1;
  const content = {
    id: context.newId("auditEntry"),
    stream: head.stream,
    sequence,
    at: context.now,
    actorId: context.actor.userId,
    ...(note.onBehalfOf !== undefined && { onBehalfOf: note.onBehalfOf }),
    action: note.action,
    resource: note.resource,
    changes: note.changes ?? [],
    requestId: context.requestId,
  };
  const hash = entryHash(head.hash, content);
  const entry: Operation = {
    kind: "put",
    item: storedItem(items.auditEntry, { ...content, hash, previousHash: head.hash }),
    when: { absent: true },
  };
  const moved: Operation = {
    kind: "put",
    item: storedItem(items.auditHead, { stream: head.stream, sequence, hash }),
    when: head.sequence === 0 ? { absent: true } : { equals: { sequence: head.sequence, hash: head.hash } },
  };
  return [entry, moved];
}
