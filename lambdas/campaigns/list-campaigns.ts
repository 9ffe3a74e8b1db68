import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listCampaigns } from "#shared/contracts/campaigns";
import { campaignsSeenAs } from "#shared/domain/campaigns/access";
import { campaignViews } from "#shared/domain/campaigns/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listCampaigns, dynamodb, async ({ actor, query, page }, { campaigns }) => {
  const seenAs = campaignsSeenAs(actor);
  const listed =
    seenAs === "admin" ? await campaigns.all(query, page) : await campaigns.ofPerson(actor.userId, seenAs, query, page);
  const budgets = await campaigns.budgets(listed.items.map(({ id }) => id));

  return { ...listed, items: campaignViews(listed.items, budgets) };
});
