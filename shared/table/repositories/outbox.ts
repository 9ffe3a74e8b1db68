import * as z from "zod";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { epochSeconds, type Instant, plusDays } from "#shared/domain/kernel/time";
import type { Outbox, WaitingEvent } from "#shared/ports/outbox";
import type { TableEngine } from "#shared/table/engine";
import { listingBetween, storedItem } from "#shared/table/item";
import { items, OUTBOX_LANES } from "#shared/table/items/index";
import { eachOf } from "./pages.ts";

/** How long one may still ask what was sent. */
const KEPT_DAYS = 7;

/** Of an index, its keys are all that is relied on. */
const StoredKey = z.object({ pk: z.string(), sk: z.string() });
const Waiting = z.object({ id: z.string(), sentAt: z.undefined().optional() });

type Event = Pick<DeliveredEvent, "id" | "at" | "requestId">;
interface StoredEvent extends Event {
  readonly lane: number;
  readonly sentAt?: Instant;
  readonly expiresAtSeconds?: number;
}

/** Which of the lanes an event waits in: the same for as long as it waits. */
const laneOf = (id: string): number => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % OUTBOX_LANES;

/** A new event, waiting to be sent. */
export const unsentItem = (event: Event) =>
  storedItem<StoredEvent>(items.outboxEvent, { ...event, lane: laneOf(event.id) });

const sentItem = (event: Event, sentAt: Instant) =>
  storedItem<StoredEvent>(items.outboxEvent, {
    ...event,
    lane: laneOf(event.id),
    sentAt,
    expiresAtSeconds: epochSeconds(plusDays(sentAt, KEPT_DAYS)),
  });

export const storedOutbox = (table: TableEngine): Outbox => ({
  unsent: (upTo) => Array.from({ length: OUTBOX_LANES }, (_, lane) => unsentOf(table, lane, upTo)),
  async markSent(events, sentAt) {
    // Put, not updated: what was sent leaves its listing, and the right to do so stays the right to put events.
    const marks = events.map((event) =>
      table.write({ kind: "put", item: sentItem(event, sentAt), when: { any: true } }),
    );
    const failures = (await Promise.allSettled(marks)).filter((mark) => mark.status === "rejected");
    if (failures.length === 0) return;
    throw new Error(`${failures.length} of ${events.length} events could not be marked sent`, {
      cause: failures[0]?.reason,
    });
  },
});

/** An index lags, so each event is looked up where it is stored: who has been sent meanwhile is not sent again. */
async function* unsentOf(table: TableEngine, lane: number, upTo: Instant): AsyncIterable<WaitingEvent> {
  const listed = listingBetween(items.outboxEvent.listings.unsent, { lane }, { to: upTo });
  for await (const key of eachOf(table, listed, StoredKey)) {
    const stored = await table.get(key);
    const waiting = Waiting.safeParse(stored);
    if (waiting.success) yield { id: waiting.data.id, stored };
  }
}
