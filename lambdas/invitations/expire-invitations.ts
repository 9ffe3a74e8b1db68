import { dynamodb } from "#shared/adapters/dynamodb/index";
import { expireInvitations } from "#shared/contracts/invitations";
import { expireInvitation } from "#shared/domain/invitations/end-invitation";
import { knownInvitation } from "#shared/domain/invitations/invitation";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(expireInvitations, dynamodb, (invocation, { invitations, commit }, each) =>
  each(
    invitations.due(invocation.now),
    ({ campaignId, creatorId }) => `${campaignId} ${creatorId}`,
    async ({ campaignId, creatorId }) => {
      const invitation = knownInvitation(await invitations.get(campaignId, creatorId));

      const change = expireInvitation(invitation, invocation);

      return change && commit(change, "expired");
    },
  ),
);
