import { dynamodb } from "#shared/adapters/dynamodb/index";
import { deleteCampaign } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { deleteCampaign as decide } from "#shared/domain/campaigns/delete-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(deleteCampaign, dynamodb, async (call, { campaigns, commit }) => {
  const { campaignId } = call.path;
  const seen = steeredBy(call.actor, await campaigns.seenBy(campaignId, call.actor.userId));
  const deliverables = await campaigns.deliverables(campaignId);

  return commit(decide({ ...seen, deliverables }, call));
});
