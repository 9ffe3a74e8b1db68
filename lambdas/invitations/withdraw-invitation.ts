import { dynamodb } from "#shared/adapters/dynamodb/index";
import { withdrawInvitation } from "#shared/contracts/invitations";
import { steeredBy } from "#shared/domain/campaigns/access";
import { withdrawInvitation as decide } from "#shared/domain/invitations/end-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(withdrawInvitation, dynamodb, async (call, { campaigns, commit }) => {
  const { campaignId, creatorId } = call.path;
  const { invitation } = steeredBy(call.actor, await campaigns.seenBy(campaignId, creatorId));

  const change = decide(invitation, call);

  return change && commit(change);
});
