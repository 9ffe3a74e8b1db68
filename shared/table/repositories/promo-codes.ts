import { skeletonOf } from "#shared/domain/kernel/skeleton";
import { PromoCode } from "#shared/domain/promo-codes/promo-code";
import type { PromoCodes } from "#shared/ports/promo-codes";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { pageOf, parsed } from "./pages.ts";

export const storedPromoCodes = (table: TableEngine): PromoCodes => ({
  like: async (brandId, code) =>
    parsed(PromoCode, await table.get(itemKey(items.promoCode, { brandId, skeleton: skeletonOf(code) }))),
  ofCampaign: (campaignId, { creatorId }, page) => {
    const ofCreator = creatorId === undefined ? [] : [creatorId];
    return pageOf(table, listing(items.promoCode.listings.ofCampaign, { campaignId }, ...ofCreator), PromoCode, page);
  },
});
