import { Campaign } from "#shared/domain/campaigns/campaign";
import { Invitation } from "#shared/domain/invitations/invitation";
import { Link } from "#shared/domain/links/link";
import type { Links, LinksOfPeople } from "#shared/ports/links";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, pageOf, parsed } from "./pages.ts";

export const storedLinks = (table: TableEngine): Links => ({
  get: async (code) => parsed(Link, await table.get(itemKey(items.link, { code }))),
  ofCampaign: (campaignId, { creatorId }, page) => {
    const ofCreator = creatorId === undefined ? [] : [creatorId];
    return pageOf(table, listing(items.link.listings.ofCampaign, { campaignId }, ...ofCreator), Link, page);
  },
});

export const storedLinksOfPeople = (table: TableEngine): LinksOfPeople => ({
  ofPerson: (userId) => ofPerson(table, userId),
  oneInEachCampaign: (creatorId) => oneInEachCampaign(table, creatorId),
});

/** Whoever ever had a link in a campaign was invited to it. */
async function* oneInEachCampaign(table: TableEngine, creatorId: string): AsyncIterable<Link> {
  const invited = listing(items.invitation.listings.ofCreator, { creatorId });
  for await (const { campaignId } of eachOf(table, invited, Invitation)) {
    const own = listing(items.link.listings.ofCampaign, { campaignId }, creatorId);
    yield* (await pageOf(table, own, Link, { limit: 1 })).items;
  }
}

/** By campaigns, which both sides are listed with: whoever ever took part in one was invited. */
async function* ofPerson(table: TableEngine, userId: string): AsyncIterable<Link> {
  const { ofCampaign } = items.link.listings;
  const own = listing(items.campaign.listings.ofBrand, { brandId: userId });
  for await (const { id: campaignId } of eachOf(table, own, Campaign))
    yield* eachOf(table, listing(ofCampaign, { campaignId }), Link);
  const invited = listing(items.invitation.listings.ofCreator, { creatorId: userId });
  for await (const { campaignId } of eachOf(table, invited, Invitation))
    yield* eachOf(table, listing(ofCampaign, { campaignId }, userId), Link);
}
