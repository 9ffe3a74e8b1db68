import { dynamodb } from "#shared/adapters/dynamodb/index";
import { pauseCampaign } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { pauseCampaign as decide } from "#shared/domain/campaigns/pause-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(pauseCampaign, dynamodb, async (call, { campaigns, commit }) => {
  const seen = await campaigns.seenBy(call.path.campaignId, call.actor.userId);
  const { campaign, budget } = steeredBy(call.actor, seen);

  const paused = decide({ campaign, budget }, call);

  return commit(paused.change, paused.campaign);
});
