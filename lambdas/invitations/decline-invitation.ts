import { dynamodb } from "#shared/adapters/dynamodb/index";
import { declineInvitation } from "#shared/contracts/invitations";
import { answeredBy, declineInvitation as decide } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(declineInvitation, dynamodb, async (call, { invitations, commit }) => {
  const { campaignId, creatorId } = call.path;
  const invitation = answeredBy(call.actor, creatorId, await invitations.get(campaignId, creatorId));

  const declined = decide(invitation, call);

  return commit(declined.change, declined.invitation);
});
