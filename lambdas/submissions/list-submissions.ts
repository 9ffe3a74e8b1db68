import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedInvitations, storedParticipants } from "#shared/table/repositories/invitations";
import { storedSubmissions } from "#shared/table/repositories/submissions";
import { listSubmissions } from "#shared/contracts/submissions";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listSubmissions,
  {
    table: dynamoTable,
    campaigns: storedCampaigns,
    invitations: storedInvitations,
    participants: storedParticipants,
    submissions: storedSubmissions,
  },
  async ({ actor, path: { campaignId }, query, page }, { campaigns, invitations, participants, submissions }) => {
    const invitation = await invitations.get(campaignId, actor.userId);
    const participant = await participants.get(campaignId, actor.userId);
    const found = await campaigns.get(campaignId);
    const budget = await campaigns.budget(campaignId);
    const { campaign } = visibleTo(actor, found && budget && { campaign: found, budget, invitation, participant });

    return submissions.ofCampaign(campaignId, { ...query, creatorId: ownSliceOf(actor, campaign) }, page);
  },
);
