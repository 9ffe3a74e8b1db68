import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { limited } from "#shared/adapters/aws/limits";
import { EVENT_SOURCE } from "#shared/domain/events/events";
import type { EventBus } from "#shared/ports/event-bus";

/** Most entries of one call. Source: EventBridge API reference, PutEvents. */
const ENTRIES = 10;

export function eventBridge({ EVENT_BUS_NAME }: { readonly EVENT_BUS_NAME: string }): EventBus {
  const client = new EventBridgeClient(limited());
  return {
    async publish(events) {
      const failed: string[] = [];
      for (let at = 0; at < events.length; at += ENTRIES) {
        const batch = events.slice(at, at + ENTRIES);
        const Entries = batch.map((event) => ({
          EventBusName: EVENT_BUS_NAME,
          Source: EVENT_SOURCE,
          DetailType: event.type,
          Detail: JSON.stringify(event),
          Time: new Date(event.at),
        }));
        const reply = await client.send(new PutEventsCommand({ Entries }));
        failed.push(
          ...batch.filter((_, position) => reply.Entries?.[position]?.ErrorCode !== undefined).map(({ id }) => id),
        );
      }
      return { failed };
    },
  };
}
