import { dynamodb } from "#shared/adapters/dynamodb/index";
import { resumeCampaign } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { resumeCampaign as decide } from "#shared/domain/campaigns/pause-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(resumeCampaign, dynamodb, async (call, { campaigns, commit }) => {
  const seen = await campaigns.seenBy(call.path.campaignId, call.actor.userId);
  const { campaign, budget } = steeredBy(call.actor, seen);

  const resumed = decide({ campaign, budget }, call);

  return commit(resumed.change, resumed.campaign);
});
