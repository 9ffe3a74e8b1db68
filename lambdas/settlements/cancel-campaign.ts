import { dynamodb } from "#shared/adapters/dynamodb/index";
import { cancelCampaign } from "#shared/contracts/settlements";
import { steeredBy } from "#shared/domain/campaigns/access";
import { cancelCampaign as decide } from "#shared/domain/settlements/cancel-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(cancelCampaign, dynamodb, async (call, { campaigns, wallets, commit }) => {
  const seen = await campaigns.seenBy(call.path.campaignId, call.actor.userId);
  const { campaign, budget } = steeredBy(call.actor, seen);
  const wallet = await wallets.get(campaign.brandId);

  const cancelled = decide({ campaign, budget, wallet }, call);

  return commit(cancelled.change, cancelled.campaign);
});
