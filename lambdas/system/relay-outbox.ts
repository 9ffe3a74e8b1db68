import { dynamodb } from "#shared/adapters/dynamodb/index";
import { outboxEvents } from "#shared/adapters/dynamodb/stream-item";
import { eventBridge } from "#shared/adapters/eventbridge/event-bus";
import { relayOutbox } from "#shared/contracts/system";
import { implementStream } from "#shared/runtime/implement-stream";
import { describeError } from "#shared/runtime/describe-error";
import { log } from "#shared/runtime/log";

export const handler = implementStream(
  relayOutbox,
  { ...dynamodb, eventBus: eventBridge },
  async ({ now }, records, { outbox, eventBus }) => {
    const { readable, unreadable } = outboxEvents(records);
    // No retry makes an event of it, and it must not hold up its shard: it stays unsent, and the sweep rings for it.
    if (unreadable.length > 0) log("outbox.unreadable", { unreadable });

    const { failed } = await eventBus.publish(readable.map(({ event }) => event));

    if (failed.length > 0) log("outbox.unpublished", { failed });
    const isFailed = new Set(failed.map(({ id }) => id));
    const sent = readable.flatMap(({ event }) => (isFailed.has(event.id) ? [] : [event]));
    // They are out: coming again for the mark alone, they would go out twice for certain. The sweep sends what has none.
    await outbox.markSent(sent, now).catch((error: unknown) => log("outbox.unmarked", describeError(error)));
    return readable.flatMap(({ sequence, event }) => (isFailed.has(event.id) ? [sequence] : []));
  },
);
