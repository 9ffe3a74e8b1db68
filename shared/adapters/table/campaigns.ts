import { Budget, Campaign } from "#shared/domain/campaigns/campaign";
import { Deliverable } from "#shared/domain/campaigns/deliverable";
import type { CampaignFilter, Campaigns } from "#shared/ports/campaigns";
import type { TableEngine } from "#shared/table/engine";
import { dueBy, indexed, keys, patterns } from "#shared/table/keys";
import { everyOf, inTable, pageOf, parsed } from "./pages.ts";

export const storedCampaigns = (_env: unknown, table: TableEngine): Campaigns => ({
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
  all: (filter, page) =>
    pageOf(table, { index: "kind", partition: "CAMPAIGNS", descending: true }, Campaign, page, matches(filter)),
  deliverables: (campaignId) => everyOf(table, inTable(patterns.deliverablesOfCampaign(campaignId)), Deliverable),
  deliverablePage: (campaignId, page) =>
    pageOf(table, inTable(patterns.deliverablesOfCampaign(campaignId)), Deliverable, page),
  due: (now, page) => pageOf(table, { index: "due", ...dueBy("campaign", now) }, Campaign, page),
});

const matches =
  ({ status }: CampaignFilter) =>
  (campaign: Campaign): boolean =>
    status === undefined || campaign.status === status;
