import { PlatformDay } from "#shared/domain/tracking/platform-day";
import type { PlatformDays } from "#shared/ports/tracking";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf, parsed } from "./pages.ts";

export const storedPlatformDays = (table: TableEngine): PlatformDays => ({
  of: async (day) => parsed(PlatformDay, await table.get(itemKey(items.platformDay, { day }))),
  between: (from, to) => everyOf(table, ranged(listing(items.platformDay, {}), { from, to }), PlatformDay),
});
