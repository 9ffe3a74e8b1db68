import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listCampaigns } from "#shared/contracts/campaigns";
import { campaignsSeenAs } from "#shared/domain/campaigns/access";
import { campaignViews } from "#shared/domain/campaigns/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listCampaigns, dynamodb, async ({ actor, query, page }, { campaigns }) => {
  const lists = {
    admin: () => campaigns.all(query, page),
    brand: () => campaigns.ofBrand(actor.userId, query, page),
    creator: () => campaigns.ofCreator(actor.userId, query, page),
  };

  const listed = await lists[campaignsSeenAs(actor)]();
  const budgets = await campaigns.budgets(listed.items.map(({ id }) => id));

  return { ...listed, items: campaignViews(listed.items, budgets) };
});
