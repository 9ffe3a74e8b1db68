import { dynamodb } from "#shared/adapters/dynamodb/index";
import { publishCampaign } from "#shared/contracts/campaigns";
import { knownBudget, steeredBy } from "#shared/domain/campaigns/access";
import { budgetAfter } from "#shared/domain/campaigns/budget";
import { publishCampaign as decide } from "#shared/domain/campaigns/publish-campaign";
import { campaignView } from "#shared/domain/campaigns/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(publishCampaign, dynamodb, async (call, { campaigns, wallets, commit }) => {
  const campaign = steeredBy(call.actor, await campaigns.get(call.path.campaignId));
  const deliverables = await campaigns.deliverables(campaign.id);
  const wallet = await wallets.get(campaign.brandId);
  const budget = knownBudget(await campaigns.budget(campaign.id));

  const published = decide({ campaign, deliverables, wallet }, call);

  return commit(published.change, campaignView(published.campaign, budgetAfter(budget, published.change)));
});
