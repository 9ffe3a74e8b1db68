import { CardDispute } from "#shared/domain/card-disputes/card-dispute";
import { Refund } from "#shared/domain/refunds/refund";
import type { CardDisputes, Refunds } from "#shared/ports/refunds";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, newestFirst, pageOf, parsed } from "./pages.ts";

export const storedRefunds = (table: TableEngine): Refunds => ({
  get: async (refundId) => parsed(Refund, await table.get(itemKey(items.refund, { id: refundId }))),
  ofOwner: (userId, page) =>
    pageOf(table, newestFirst(listing(items.refund.listings.ofOwner, { userId })), Refund, page),
  due: (now) => {
    const parts = spreadListing(items.refund.listings.due, {}).map((part) => ranged(part, { to: now }));
    return eachOf(table, parts, Refund);
  },
});

export const storedCardDisputes = (table: TableEngine): CardDisputes => ({
  all: (page) => pageOf(table, newestFirst(spreadListing(items.cardDispute.listings.all, {})), CardDispute, page),
});
