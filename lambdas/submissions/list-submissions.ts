import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listSubmissions } from "#shared/contracts/submissions";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listSubmissions,
  dynamodb,
  async ({ actor, path: { campaignId }, query, page }, { campaigns, invitations, participants, submissions }) => {
    const invitation = await invitations.get(campaignId, actor.userId);
    const participant = await participants.get(campaignId, actor.userId);
    const found = await campaigns.get(campaignId);
    const budget = await campaigns.budget(campaignId);
    const { campaign } = visibleTo(actor, found && budget && { campaign: found, budget, invitation, participant });

    return submissions.ofCampaign(campaignId, { ...query, creatorId: ownSliceOf(actor, campaign) }, page);
  },
);
