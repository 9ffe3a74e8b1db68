import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listParticipants } from "#shared/contracts/invitations";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { participantView } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listParticipants,
  dynamodb,
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
