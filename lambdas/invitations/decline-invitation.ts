import { dynamodb } from "#shared/adapters/dynamodb/index";
import { declineInvitation } from "#shared/contracts/invitations";
import { answeredBy, declineInvitation as decide } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(declineInvitation, dynamodb, async (call, { invitations, commit }) => {
  const { campaignId, creatorId } = call.path;
  const seen = { invitation: await invitations.get(campaignId, creatorId) };
  const { invitation } = answeredBy(call.actor, creatorId, seen);

  const declined = decide(invitation, call);

  return commit(declined.change, declined.invitation);
});
