import { Link } from "#shared/domain/links/link";
import type { Links } from "#shared/ports/links";
import type { TableEngine } from "#shared/table/engine";
import { listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { pageOf } from "./pages.ts";

export const storedLinks = (table: TableEngine): Links => ({
  ofCampaign: (campaignId, { creatorId }, page) => {
    const ofCreator = creatorId === undefined ? [] : [creatorId];
    return pageOf(table, listing(items.link.listings.ofCampaign, { campaignId }, ...ofCreator), Link, page);
  },
});
