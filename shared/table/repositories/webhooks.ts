import { StripeEvent } from "#shared/domain/webhooks/stripe-event";
import type { StripeEvents } from "#shared/ports/webhooks";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, parsed } from "./pages.ts";

export const storedStripeEvents = (table: TableEngine): StripeEvents => ({
  get: async (eventId) => parsed(StripeEvent, await table.get(itemKey(items.stripeEvent, { id: eventId }))),
  due: (now) => {
    const parts = spreadListing(items.stripeEvent.listings.due, {}).map((part) => ranged(part, { to: now }));
    return eachOf(table, parts, StripeEvent);
  },
});
