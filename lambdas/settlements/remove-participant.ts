import { dynamodb } from "#shared/adapters/dynamodb/index";
import { removeParticipant } from "#shared/contracts/settlements";
import { steeredBy } from "#shared/domain/campaigns/access";
import { removeParticipant as decide } from "#shared/domain/settlements/remove-participant";
import { implement } from "#shared/runtime/implement";

export const handler = implement(removeParticipant, dynamodb, async (call, { campaigns, wallets, commit }) => {
  const { campaignId, creatorId } = call.path;
  const seen = steeredBy(call.actor, await campaigns.seenBy(campaignId, creatorId));
  const wallet = await wallets.get(seen.campaign.brandId);

  const change = decide({ ...seen, wallet }, call);

  return change && commit(change);
});
