import { OwnError } from "#shared/domain/kernel/own-error";
import * as z from "zod";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { epochSeconds, type Instant, plusDays } from "#shared/domain/kernel/time";
import type { Outbox, WaitingEvent } from "#shared/ports/outbox";
import type { TableEngine } from "#shared/table/engine";
import { type Listing, ranged, spreadListing, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf } from "./pages.ts";

/** How long one may still ask what was sent. */
const KEPT_DAYS = 7;

const Waiting = z.looseObject({ id: z.string() });

type Event = Pick<DeliveredEvent, "id" | "at" | "requestId">;
interface StoredEvent extends Event {
  readonly sentAt?: Instant;
  readonly expiresAtSeconds?: number;
}

/** A new event, waiting to be sent. */
export const unsentItem = (event: Event) => storedItem<StoredEvent>(items.outboxEvent, event);

const sentItem = (event: Event, sentAt: Instant) =>
  storedItem<StoredEvent>(items.outboxEvent, {
    ...event,
    sentAt,
    expiresAtSeconds: epochSeconds(plusDays(sentAt, KEPT_DAYS)),
  });

export const storedOutbox = (table: TableEngine): Outbox => ({
  unsent: (upTo) =>
    spreadListing(items.outboxEvent.listings.unsent, {}).map((part) => unsentOf(table, ranged(part, { to: upTo }))),
  async markSent(events, sentAt) {
    // Put, not updated: what was sent leaves its listing, and the right to do so stays the right to put events.
    const marks = events.map((event) =>
      table.write({ kind: "put", item: sentItem(event, sentAt), when: { any: true } }),
    );
    const failures = (await Promise.allSettled(marks)).filter((mark) => mark.status === "rejected");
    if (failures.length === 0) return;
    throw new OwnError(`${failures.length} of ${events.length} events could not be marked sent`, {
      cause: failures[0]?.reason,
    });
  },
});

/** Each is read where it is stored: what has been sent meanwhile is no longer in the listing, and is not sent again. */
async function* unsentOf(table: TableEngine, part: Listing): AsyncIterable<WaitingEvent> {
  for await (const stored of eachOf(table, part, z.looseObject({}))) {
    const waiting = Waiting.safeParse(stored);
    if (waiting.success) yield { id: waiting.data.id, stored };
  }
}
