import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedInvitations } from "#shared/table/repositories/invitations";
import { declineInvitation } from "#shared/contracts/invitations";
import { answeredBy, declineInvitation as decide } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  declineInvitation,
  { table: dynamoTable, changes: storedChanges, invitations: storedInvitations },
  async (call, { invitations, commit }) => {
    const { campaignId, creatorId } = call.path;
    const invitation = answeredBy(call.actor, creatorId, await invitations.get(campaignId, creatorId));

    const declined = decide(invitation, call);

    return commit(declined.change, declined.invitation);
  },
);
