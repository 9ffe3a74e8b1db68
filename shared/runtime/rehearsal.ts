/** What a rehearsal (`?dryRun=true`) answers: everything that its change would do, and what the call would be answered. */
import type { Change, EntityChange } from "#shared/domain/change";
import { entryView } from "#shared/domain/ledger/entry-view";
import type { DomainEvent } from "#shared/domain/events/events";
import { noticesBy } from "#shared/domain/notifications/notice";
import { toldOfCommand } from "#shared/domain/notifications/tellings/commands";
import type { Channel } from "#shared/domain/notifications/tellings";
import type { StoredReply } from "#shared/ports/idempotency";
import type { Rehearsal } from "#shared/contracts/rehearsal";

const nothing: Change = { entities: [] };

/**
 * @param reply what the call itself would be answered
 * @param change what it would commit; nothing when it would change nothing
 */
export function rehearsalReply({ status, body }: StoredReply, change: Change = nothing): StoredReply {
  const rehearsal: Rehearsal = {
    dryRun: true,
    status,
    reply: body === "" ? null : JSON.parse(body),
    entries: (change.entries ?? []).map(entryView),
    changes: [...change.entities.flatMap(statusOf), ...notedOf(change)],
    notifications: (change.events ?? []).flatMap(noticesOfChange),
  };
  return { status: 200, headers: { "Content-Type": "application/json" }, body: JSON.stringify(rehearsal) };
}

/** Statuses alone, from and to nothing for what is made and what is gone: the rest of what is stored is nobody's business. */
function statusOf({ entity, was, next }: EntityChange): Rehearsal["changes"] {
  const [before, after] = [statusIn(was), statusIn(next)];
  return before === after ? [] : [{ type: entity, id: idOf(next ?? was), field: "status", before, after }];
}

const statusIn = (thing: object | undefined): string | null =>
  thing && "status" in thing ? String(thing.status) : null;

const idOf = (thing: object | undefined): string =>
  ["id", "campaignId", "userId", "creatorId"]
    .flatMap((name) => (thing && name in thing ? [String(thing[name as keyof typeof thing])] : []))
    .at(0) ?? "";

const notedOf = ({ audit }: Change): Rehearsal["changes"] =>
  audit === undefined ? [] : (audit.changes ?? []).map((change) => ({ ...audit.resource, ...change }));

/** As they would be told of it once it had happened. */
const noticesOfChange = (event: DomainEvent): Rehearsal["notifications"] =>
  channels.flatMap((channel) =>
    noticesBy(toldOfCommand(event.type), { ...event, ...unnamed }, channel).map(
      ({ userId, category, title, message }) => ({
        userId,
        channel,
        category,
        title,
        message,
      }),
    ),
  );

const channels: readonly Channel[] = ["inApp", "mail"];
const unnamed = { id: "", at: "", requestId: "" };
