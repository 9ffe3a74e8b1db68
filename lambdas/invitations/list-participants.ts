import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedInvitations, storedParticipants } from "#shared/table/repositories/invitations";
import { listParticipants } from "#shared/contracts/invitations";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { participantView } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listParticipants,
  { table: dynamoTable, campaigns: storedCampaigns, invitations: storedInvitations, participants: storedParticipants },
  async ({ actor, path: { campaignId }, page }, { campaigns, invitations, participants }) => {
    const invitation = await invitations.get(campaignId, actor.userId);
    const participant = await participants.get(campaignId, actor.userId);
    const found = await campaigns.get(campaignId);
    const budget = await campaigns.budget(campaignId);
    const { campaign } = visibleTo(actor, found && budget && { campaign: found, budget, invitation, participant });

    const listed = await participants.ofCampaign(campaignId, { creatorId: ownSliceOf(actor, campaign) }, page);

    return { ...listed, items: listed.items.map(participantView) };
  },
);
