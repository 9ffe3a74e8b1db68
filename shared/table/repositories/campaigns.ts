import type * as z from "zod";
import { type CampaignSeen, type CampaignSide, takesPart } from "#shared/domain/campaigns/access";
import { Budget, Campaign } from "#shared/domain/campaigns/campaign";
import { isSpent } from "#shared/domain/campaigns/guards";
import { Deliverable } from "#shared/domain/campaigns/deliverable";
import { Invitation } from "#shared/domain/invitations/invitation";
import { Participant } from "#shared/domain/invitations/participant";
import type { CampaignFilter, Campaigns } from "#shared/ports/campaigns";
import type { Page, PageRequest } from "#shared/ports/page";
import type { TableEngine } from "#shared/table/engine";
import { type AnyDeclaration, isOf, itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, everyOf, newestFirst, pageOf, pageThrough, parsed } from "./pages.ts";
import { chunksOf, READ_AT_ONCE } from "./reading.ts";

/** Jobs read of a list no more than they need to look each thing up: what cannot be read fails alone, and stops no other. */
const Standing = Campaign.pick({ id: true, status: true, timeline: true });

export const storedCampaigns = (table: TableEngine): Campaigns => ({
  get: async (campaignId) => parsed(Campaign, await table.get(itemKey(items.campaign, { id: campaignId }))),
  seenBy: (campaignId, personId) => seenBy(table, campaignId, personId),
  budget: async (campaignId) => parsed(Budget, await table.get(itemKey(items.budget, { campaignId }))),
  budgets: (campaignIds) => budgetsOf(table, campaignIds),
  ofPerson: (userId, sides, filter, page) => ofPerson(table, { userId, sides, filter }, page),
  eachOfBrand: (brandId) => eachOf(table, listing(items.campaign.listings.ofBrand, { brandId }), Campaign),
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
  spent: () => spentOf(table),
});

async function* spentOf(table: TableEngine): AsyncIterable<z.output<typeof Standing>> {
  for await (const places of chunksOf(table, listing(items.campaign.listings.due, {}), READ_AT_ONCE)) {
    const active = places
      .flatMap(({ item }) => (item === undefined ? [] : [Standing.parse(item)]))
      .filter(({ status }) => status === "active");
    const stored = await table.getMany(active.map(({ id }) => itemKey(items.budget, { campaignId: id })));
    // What has something left is passed by; one that is not there, or is none, is not.
    const passed = new Set(
      stored.flatMap((item) => {
        const { data } = Budget.safeParse(item);
        return data && !isSpent(data) ? [data.campaignId] : [];
      }),
    );
    yield* active.filter(({ id }) => !passed.has(id));
  }
}

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

interface Asked {
  readonly userId: string;
  readonly sides: readonly CampaignSide[];
  readonly filter: CampaignFilter;
}

const listOf = (side: CampaignSide, userId: string) =>
  side === "brand"
    ? listing(items.campaign.listings.ofBrand, { brandId: userId })
    : listing(items.invitation.listings.ofCreator, { creatorId: userId });

/** Both lists are of one index: by its sort keys, an id of a campaign comes before the time of an invitation. */
function ofPerson(table: TableEngine, { userId, sides, filter }: Asked, page: PageRequest): Promise<Page<Campaign>> {
  const lists = newestFirst(sides.map((side) => listOf(side, userId)));
  return pageThrough(table, lists, page, async (found) => {
    const invitations = found.filter((item) => isOf(items.invitation, item)).map((item) => Invitation.parse(item));
    const tied = await tiedTo(table, userId, invitations);
    return found
      .map((item) => (isOf(items.campaign, item) ? Campaign.parse(item) : tied.get(Invitation.parse(item).campaignId)))
      .map((campaign) => (campaign && matches(filter)(campaign) ? campaign : undefined));
  });
}

/** Campaigns of a creator's invitations: an accepted one counts as long as its participation does. */
async function tiedTo(table: TableEngine, creatorId: string, invitations: readonly Invitation[]) {
  const ids = invitations.map(({ campaignId }) => campaignId);
  const [campaigns, participants] = await Promise.all([
    table.getMany(ids.map((id) => itemKey(items.campaign, { id }))),
    table.getMany(ids.map((campaignId) => itemKey(items.participant, { campaignId, creatorId }))),
  ]);
  const taking = participants
    .map((item) => Participant.parse(item))
    .filter((participant) => takesPart({ participant }));
  const pending = invitations.filter(({ status }) => status === "pending");
  const tied = new Set([...taking, ...pending].map(({ campaignId }) => campaignId));
  const seen = campaigns.map((item) => Campaign.parse(item)).filter(({ id }) => tied.has(id));
  return new Map(seen.map((campaign) => [campaign.id, campaign]));
}

const matches =
  ({ status }: CampaignFilter) =>
  (campaign: Campaign): boolean =>
    status === undefined || campaign.status === status;
