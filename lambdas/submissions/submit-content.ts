import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedInvitations, storedParticipants } from "#shared/table/repositories/invitations";
import { storedSubmissions } from "#shared/table/repositories/submissions";
import { submitContent } from "#shared/contracts/submissions";
import { visibleTo } from "#shared/domain/campaigns/access";
import { subjectOf, submitContent as decide } from "#shared/domain/submissions/submit-content";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  submitContent,
  {
    table: dynamoTable,
    changes: storedChanges,
    campaigns: storedCampaigns,
    invitations: storedInvitations,
    participants: storedParticipants,
    submissions: storedSubmissions,
  },
  async (call, { campaigns, invitations, participants, commit }) => {
    const { campaignId } = call.path;
    const creatorId = subjectOf(call.actor, call.body.creatorId);
    const invitation = await invitations.get(campaignId, creatorId);
    const participant = await participants.get(campaignId, creatorId);
    const found = await campaigns.get(campaignId);
    const budget = await campaigns.budget(campaignId);
    const { campaign } = visibleTo(call.actor, found && budget && { campaign: found, budget, invitation, participant });

    const { change, submission } = decide({ campaign, participant }, call.body, call);

    return commit(change, submission);
  },
);
