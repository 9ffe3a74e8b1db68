import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { limited } from "#shared/adapters/aws/limits";
import { type DeliveredEvent, EVENT_SOURCE } from "#shared/domain/events/events";
import type { EventBus, Unpublished } from "#shared/ports/event-bus";

/** Most entries of one call. Source: EventBridge API reference, PutEvents. */
const ENTRIES = 10;
/**
 * Most bytes of all entries of one call: one that has more is refused as a whole, however often it comes again. AWS says less
 * than 256 KB in all (EventBridge user guide, "Calculating PutEvents event entry size"), and since 2026 takes events of 1 MB.
 */
const BYTES = 256 * 1024;
/** What the bus counts of an entry besides its detail: source, type and time, with room. */
const HEAD_BYTES = 200;

/** An event as it goes out. */
interface Outgoing {
  readonly event: DeliveredEvent;
  readonly detail: string;
  readonly bytes: number;
}

function outgoing(event: DeliveredEvent): Outgoing {
  const detail = JSON.stringify(event);
  return { event, detail, bytes: Buffer.byteLength(detail) + HEAD_BYTES };
}

/** In their order, as many to a call as it takes. One that no call takes goes alone, and fails alone. */
function callsOf(events: readonly Outgoing[]): readonly (readonly Outgoing[])[] {
  const calls: Outgoing[][] = [];
  let room = 0;
  for (const one of events) {
    const last = calls.at(-1);
    if (last === undefined || last.length === ENTRIES || one.bytes >= room) {
      calls.push([one]);
      room = BYTES - one.bytes;
    } else {
      last.push(one);
      room -= one.bytes;
    }
  }
  return calls;
}

export function eventBridge({ EVENT_BUS_NAME }: { readonly EVENT_BUS_NAME: string }): EventBus {
  const client = new EventBridgeClient(limited());

  /** One call. An event is out when its own entry of the reply says so, and not otherwise. */
  async function put(call: readonly Outgoing[]): Promise<readonly Unpublished[]> {
    const events = call.map(({ event }) => event);
    const Entries = call.map(({ event, detail }) => ({
      EventBusName: EVENT_BUS_NAME,
      Source: EVENT_SOURCE,
      DetailType: event.type,
      Detail: detail,
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
      const calls = callsOf(events.map(outgoing));
      return { failed: (await Promise.all(calls.map(put))).flat() };
    },
  };
}
