import type * as z from "zod";
import { type CampaignSeen, takesPart } from "#shared/domain/campaigns/access";
import { Budget, Campaign } from "#shared/domain/campaigns/campaign";
import { Deliverable } from "#shared/domain/campaigns/deliverable";
import { Invitation } from "#shared/domain/invitations/invitation";
import { Participant } from "#shared/domain/invitations/participant";
import type { CampaignFilter, Campaigns } from "#shared/ports/campaigns";
import type { Page, PageRequest } from "#shared/ports/page";
import type { TableEngine } from "#shared/table/engine";
import { type AnyDeclaration, isOf, itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, everyOf, newestFirst, pageOf, pageThrough, parsed } from "./pages.ts";

/** Jobs read of a list no more than they need to look each thing up: what cannot be read fails alone, and stops no other. */
const Standing = Campaign.pick({ id: true, status: true, timeline: true });

export const storedCampaigns = (table: TableEngine): Campaigns => ({
  get: async (campaignId) => parsed(Campaign, await table.get(itemKey(items.campaign, { id: campaignId }))),
  seenBy: (campaignId, personId) => seenBy(table, campaignId, personId),
  budget: async (campaignId) => parsed(Budget, await table.get(itemKey(items.budget, { campaignId }))),
  budgets: (campaignIds) => budgetsOf(table, campaignIds),
  ofBrand: (brandId, filter, page) =>
    pageOf(table, newestFirst(listing(items.campaign.listings.ofBrand, { brandId })), Campaign, page, matches(filter)),
  eachOfBrand: (brandId) => eachOf(table, listing(items.campaign.listings.ofBrand, { brandId }), Campaign),
  ofCreator: (creatorId, filter, page) => ofCreator(table, creatorId, filter, page),
  all: (filter, page) =>
    pageOf(table, newestFirst(spreadListing(items.campaign.listings.all, {})), Campaign, page, matches(filter)),
  deliverables: (campaignId) => everyOf(table, listing(items.deliverable, { campaignId }), Deliverable),
  deliverablesDue: (until) =>
    eachOf(
      table,
      spreadListing(items.deliverable.listings.due, {}).map((part) => ranged(part, { to: until })),
      Deliverable.pick({ campaignId: true, id: true }),
    ),
  deliverablePage: (campaignId, page) => pageOf(table, listing(items.deliverable, { campaignId }), Deliverable, page),
  due: (now) =>
    eachOf(table, ranged(listing(items.campaign.listings.due, {}), { to: now }), Campaign.pick({ id: true })),
  active: () => eachOf(table, listing(items.campaign.listings.due, {}), Standing, ({ status }) => status === "active"),
});

/** Strongly consistent; those that are there. */
export async function budgetsOf(table: TableEngine, campaignIds: readonly string[]): Promise<readonly Budget[]> {
  const keys = [...new Set(campaignIds)].map((campaignId) => itemKey(items.budget, { campaignId }));
  return (await table.getMany(keys)).map((item) => Budget.parse(item));
}

async function seenBy(table: TableEngine, campaignId: string, personId: string): Promise<CampaignSeen | undefined> {
  const tie = { campaignId, creatorId: personId };
  const found = await table.getMany([
    itemKey(items.campaign, { id: campaignId }),
    itemKey(items.budget, { campaignId }),
    itemKey(items.invitation, tie),
    itemKey(items.participant, tie),
  ]);
  const one = <S extends z.ZodType>(declaration: AnyDeclaration, shape: S) =>
    parsed(
      shape,
      found.find((item) => isOf(declaration, item)),
    );
  const [campaign, budget] = [one(items.campaign, Campaign), one(items.budget, Budget)];
  if (campaign === undefined || budget === undefined) return undefined;
  return {
    campaign,
    budget,
    invitation: one(items.invitation, Invitation),
    participant: one(items.participant, Participant),
  };
}

/** Through the creator's invitations: an accepted one counts as long as its participation does. */
function ofCreator(
  table: TableEngine,
  creatorId: string,
  filter: CampaignFilter,
  page: PageRequest,
): Promise<Page<Campaign>> {
  const invited = newestFirst(listing(items.invitation.listings.ofCreator, { creatorId }));
  return pageThrough(table, invited, page, async (found) => {
    const invitations = found.map((item) => Invitation.parse(item));
    const ids = invitations.map(({ campaignId }) => campaignId);
    const [campaigns, participants] = await Promise.all([
      table.getMany(ids.map((id) => itemKey(items.campaign, { id }))),
      table.getMany(ids.map((campaignId) => itemKey(items.participant, { campaignId, creatorId }))),
    ]);
    const byId = new Map(campaigns.map((item) => Campaign.parse(item)).map((campaign) => [campaign.id, campaign]));
    const takingPart = new Set(
      participants
        .map((item) => Participant.parse(item))
        .flatMap((one) => (takesPart({ participant: one }) ? [one.campaignId] : [])),
    );
    return invitations.map(({ campaignId, status }) => {
      const campaign = byId.get(campaignId);
      const tied = status === "pending" || takingPart.has(campaignId);
      return tied && campaign && matches(filter)(campaign) ? campaign : undefined;
    });
  });
}

const matches =
  ({ status }: CampaignFilter) =>
  (campaign: Campaign): boolean =>
    status === undefined || campaign.status === status;
