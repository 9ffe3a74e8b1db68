import { TrackingDay } from "#shared/domain/tracking/tracking-day";
import type { TrackingDays } from "#shared/ports/tracking";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf, parsed } from "./pages.ts";

export const storedTrackingDays = (table: TableEngine): TrackingDays => ({
  of: async (day) => parsed(TrackingDay, await table.get(itemKey(items.trackingDay, { day }))),
  between: (from, to) => everyOf(table, ranged(listing(items.trackingDay, {}), { from, to }), TrackingDay),
});
