import { Inquiry } from "#shared/domain/inquiries/inquiry";
import type { Inquiries } from "#shared/ports/inquiries";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, newestFirst, pageOf, parsed } from "./pages.ts";

/** What a job reads of a list to look each one up: what cannot be read fails alone, and stops no other. */
const Named = Inquiry.pick({ id: true, campaignId: true });

export const storedInquiries = (table: TableEngine): Inquiries => ({
  get: async (id) => parsed(Inquiry, await table.get(itemKey(items.inquiry, { id }))),
  ofCampaign: (campaignId, { creatorId, status }, page) => {
    const ofCreator = creatorId === undefined ? [] : [creatorId];
    const all = listing(items.inquiry.listings.ofCampaign, { campaignId }, ...ofCreator);
    return pageOf(table, all, Inquiry, page, (inquiry) => status === undefined || inquiry.status === status);
  },
  latest: async (campaignId, creatorId, most) => {
    const theirs = newestFirst(listing(items.inquiry.listings.ofCampaign, { campaignId }, creatorId));
    return (await pageOf(table, theirs, Inquiry, { limit: most })).items;
  },
  overdue: (now) =>
    eachOf(
      table,
      spreadListing(items.inquiry.listings.due, {}).map((part) => ranged(part, { to: now })),
      Named,
    ),
});
