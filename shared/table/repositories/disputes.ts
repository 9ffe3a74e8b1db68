import { Dispute } from "#shared/domain/disputes/dispute";
import type { Disputes } from "#shared/ports/disputes";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { newestFirst, pageOf, parsed } from "./pages.ts";

export const storedDisputes = (table: TableEngine): Disputes => ({
  get: async (campaignId, submissionId) =>
    parsed(Dispute, await table.get(itemKey(items.dispute, { campaignId, submissionId }))),
  all: ({ status }, page) =>
    pageOf(
      table,
      newestFirst(spreadListing(items.dispute.listings.all, {})),
      Dispute,
      page,
      (dispute) => status === undefined || dispute.status === status,
    ),
});
