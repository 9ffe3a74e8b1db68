import { outboxEvent } from "#shared/adapters/dynamodb/stream-item";
import { eventBridge } from "#shared/adapters/eventbridge/event-bus";
import { relayOutbox } from "#shared/contracts/system";
import { implementStream } from "#shared/runtime/implement-stream";

export const handler = implementStream(
  relayOutbox,
  { eventBus: eventBridge },
  async (_invocation, records, { eventBus }) => {
    const events = records.map(({ sequence, payload }) => ({ sequence, event: outboxEvent(payload) }));

    const { failed } = await eventBus.publish(events.map(({ event }) => event));

    return events.filter(({ event }) => failed.includes(event.id)).map(({ sequence }) => sequence);
  },
);
