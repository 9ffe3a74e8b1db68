import { takesPart } from "#shared/domain/campaigns/access";
import { Budget, Campaign } from "#shared/domain/campaigns/campaign";
import { Deliverable } from "#shared/domain/campaigns/deliverable";
import { Invitation } from "#shared/domain/invitations/invitation";
import { Participant } from "#shared/domain/invitations/participant";
import type { CampaignFilter, Campaigns } from "#shared/ports/campaigns";
import type { Page, PageRequest } from "#shared/ports/page";
import type { TableEngine } from "#shared/table/engine";
import { dueBy, indexed, keys, patterns } from "#shared/table/keys";
import { everyOf, inTable, pageOf, pageThrough, parsed } from "./pages.ts";

export const storedCampaigns = (table: TableEngine): Campaigns => ({
  get: async (campaignId) => parsed(Campaign, await table.get(keys.campaign(campaignId))),
  getMany: async (campaignIds) => {
    const items = await table.getMany([...new Set(campaignIds)].map((id) => keys.campaign(id)));
    return items.map((item) => Campaign.parse(item));
  },
  budget: async (campaignId) => parsed(Budget, await table.get(keys.budget(campaignId))),
  budgets: async (campaignIds) => {
    const items = await table.getMany([...new Set(campaignIds)].map((id) => keys.budget(id)));
    return items.map((item) => Budget.parse(item));
  },
  ofBrand: (brandId, filter, page) => {
    const { ownerPk } = indexed.campaignOfBrand(brandId, "");
    return pageOf(table, { index: "owner", partition: ownerPk, descending: true }, Campaign, page, matches(filter));
  },
  ofCreator: (creatorId, filter, page) => ofCreator(table, creatorId, filter, page),
  all: (filter, page) =>
    pageOf(table, { index: "kind", partition: "CAMPAIGNS", descending: true }, Campaign, page, matches(filter)),
  deliverables: (campaignId) => everyOf(table, inTable(patterns.deliverablesOfCampaign(campaignId)), Deliverable),
  deliverablePage: (campaignId, page) =>
    pageOf(table, inTable(patterns.deliverablesOfCampaign(campaignId)), Deliverable, page),
  due: (now, page) => pageOf(table, { index: "due", ...dueBy("campaign", now) }, Campaign, page),
});

/** Through the creator's invitations: an accepted one counts as long as its participation does. */
function ofCreator(
  table: TableEngine,
  creatorId: string,
  filter: CampaignFilter,
  page: PageRequest,
): Promise<Page<Campaign>> {
  const { pk, prefix } = patterns.invitationsOfCreator(creatorId);
  const listing = { index: "owner", partition: pk, prefix, descending: true } as const;
  return pageThrough(table, listing, page, async (items) => {
    const invitations = items.map((item) => Invitation.parse(item));
    const ids = invitations.map(({ campaignId }) => campaignId);
    const [campaigns, participants] = await Promise.all([
      table.getMany(ids.map((id) => keys.campaign(id))),
      table.getMany(ids.map((id) => keys.participant(id, creatorId))),
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
