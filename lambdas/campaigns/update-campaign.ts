import { dynamodb } from "#shared/adapters/dynamodb/index";
import { updateCampaign } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { updateCampaign as decide } from "#shared/domain/campaigns/update-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(updateCampaign, dynamodb, async (call, { campaigns, commit }) => {
  const seen = steeredBy(call.actor, await campaigns.seenBy(call.path.campaignId, call.actor.userId));

  const { change, campaign } = decide(seen, call.body, call);

  return commit(change, campaign);
});
