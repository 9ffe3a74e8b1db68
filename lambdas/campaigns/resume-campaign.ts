import { dynamodb } from "#shared/adapters/dynamodb/index";
import { resumeCampaign } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { resumeCampaign as decide } from "#shared/domain/campaigns/pause-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(resumeCampaign, dynamodb, async (call, { campaigns, wallets, commit }) => {
  const seen = await campaigns.seenBy(call.path.campaignId, call.actor.userId);
  const { campaign, budget } = steeredBy(call.actor, seen);
  const wallet = await wallets.get(campaign.brandId);

  const resumed = decide({ campaign, budget, wallet }, call);

  return commit(resumed.change, resumed.campaign);
});
