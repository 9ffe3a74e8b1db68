import { dynamodb } from "#shared/adapters/dynamodb/index";
import { publishCampaign } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { publishCampaign as decide } from "#shared/domain/campaigns/publish-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(publishCampaign, dynamodb, async (call, { campaigns, wallets, commit }) => {
  const seen = await campaigns.seenBy(call.path.campaignId, call.actor.userId);
  const { campaign, budget } = steeredBy(call.actor, seen);
  const deliverables = await campaigns.deliverables(campaign.id);
  const wallet = await wallets.get(campaign.brandId);

  const published = decide({ campaign, budget, deliverables, wallet }, call);

  return commit(published.change, published.campaign);
});
