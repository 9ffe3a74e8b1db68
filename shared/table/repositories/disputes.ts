import { Dispute } from "#shared/domain/disputes/dispute";
import type { Disputes } from "#shared/ports/disputes";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, newestFirst, pageOf, parsed } from "./pages.ts";

/** What a job reads of a list to look each one up: what cannot be read fails alone, and stops no other. */
const Named = Dispute.pick({ id: true, campaignId: true, submissionId: true });

export const storedDisputes = (table: TableEngine): Disputes => ({
  get: async (campaignId, submissionId) =>
    parsed(Dispute, await table.get(itemKey(items.dispute, { campaignId, submissionId }))),
  due: (now) => eachOf(table, ranged(listing(items.dispute.listings.due, {}), { to: now }), Named),
  all: ({ status }, page) =>
    pageOf(
      table,
      newestFirst(spreadListing(items.dispute.listings.all, {})),
      Dispute,
      page,
      (dispute) => status === undefined || dispute.status === status,
    ),
});
