import { dynamodb } from "#shared/adapters/dynamodb/index";
import { createDeliverable } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { addDeliverable } from "#shared/domain/campaigns/edit-deliverables";
import { implement } from "#shared/runtime/implement";

export const handler = implement(createDeliverable, dynamodb, async (call, { campaigns, commit }) => {
  const { campaign } = steeredBy(call.actor, await campaigns.seenBy(call.path.campaignId, call.actor.userId));
  const deliverables = await campaigns.deliverables(campaign.id);

  const { change, deliverable } = addDeliverable({ campaign, deliverables }, call.body, call);

  return commit(change, deliverable);
});
