import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { limited } from "#shared/adapters/aws/limits";
import { type DeliveredEvent, EVENT_SOURCE } from "#shared/domain/events/events";
import type { EventBus, Unpublished } from "#shared/ports/event-bus";

/** Most entries of one call. Source: EventBridge API reference, PutEvents. */
const ENTRIES = 10;

export function eventBridge({ EVENT_BUS_NAME }: { readonly EVENT_BUS_NAME: string }): EventBus {
  const client = new EventBridgeClient(limited());

  /** One call. An event is out when its own entry of the reply says so, and not otherwise. */
  async function put(events: readonly DeliveredEvent[]): Promise<readonly Unpublished[]> {
    const Entries = events.map((event) => ({
      EventBusName: EVENT_BUS_NAME,
      Source: EVENT_SOURCE,
      DetailType: event.type,
      Detail: JSON.stringify(event),
      Time: new Date(event.at),
    }));
    try {
      const reply = await client.send(new PutEventsCommand({ Entries }));
      return events.flatMap(({ id }, position) => {
        const { EventId, ErrorCode } = reply.Entries?.[position] ?? {};
        return EventId === undefined ? [{ id, reason: ErrorCode ?? "Unconfirmed" }] : [];
      });
    } catch (error) {
      const reason = error instanceof Error ? error.name : String(error);
      return events.map(({ id }) => ({ id, reason }));
    }
  }

  return {
    async publish(events) {
      const batches = Array.from({ length: Math.ceil(events.length / ENTRIES) }, (_, at) =>
        events.slice(at * ENTRIES, (at + 1) * ENTRIES),
      );
      return { failed: (await Promise.all(batches.map(put))).flat() };
    },
  };
}
