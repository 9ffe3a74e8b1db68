import { dynamodb } from "#shared/adapters/dynamodb/index";
import { updateDeliverable } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { updateDeliverable as decide } from "#shared/domain/campaigns/edit-deliverables";
import { implement } from "#shared/runtime/implement";

export const handler = implement(updateDeliverable, dynamodb, async (call, { campaigns, commit }) => {
  const { campaignId, deliverableId } = call.path;
  const { campaign } = steeredBy(call.actor, await campaigns.seenBy(campaignId, call.actor.userId));
  const deliverables = await campaigns.deliverables(campaignId);

  const { change, deliverable } = decide({ campaign, deliverables }, deliverableId, call.body, call);

  return commit(change, deliverable);
});
