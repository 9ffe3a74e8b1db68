import { sideBySide } from "#shared/domain/kernel/side-by-side";
import { CreatorVisits } from "#shared/domain/tracking/creator-visits";
import type { VisitsOfCreators } from "#shared/ports/tracking";
import type { TableEngine } from "#shared/table/engine";
import { listing, ranged, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf } from "./pages.ts";

/** A day may be of many thousand creators, and a process has so many connections. */
const KEPT_AT_ONCE = 25;

export const storedVisitsOfCreators = (table: TableEngine): VisitsOfCreators => ({
  ofSlice: (campaignId, creatorId, from, to) =>
    creatorId === undefined
      ? Promise.resolve([])
      : everyOf(table, ranged(listing(items.creatorVisits, { campaignId, creatorId }), { from, to }), CreatorVisits),
  keep: async (visits) => {
    const keep = (one: CreatorVisits) =>
      table.write({ kind: "put", item: storedItem(items.creatorVisits, one), when: { any: true } });
    await sideBySide(visits, KEPT_AT_ONCE, keep);
  },
});
