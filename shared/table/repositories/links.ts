import { Link } from "#shared/domain/links/link";
import type { Links } from "#shared/ports/links";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { pageOf, parsed } from "./pages.ts";

export const storedLinks = (table: TableEngine): Links => ({
  get: async (code) => parsed(Link, await table.get(itemKey(items.link, { code }))),
  ofCampaign: (campaignId, { creatorId }, page) => {
    const ofCreator = creatorId === undefined ? [] : [creatorId];
    return pageOf(table, listing(items.link.listings.ofCampaign, { campaignId }, ...ofCreator), Link, page);
  },
});
