import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCreatorCampaignAnalytics } from "#shared/contracts/tracking";
import { requireSlice, visibleTo } from "#shared/domain/campaigns/access";
import { analyticsOf, periodOf } from "#shared/domain/tracking/analytics";
import { everyOfPages } from "#shared/ports/every";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getCreatorCampaignAnalytics,
  dynamodb,
  async (
    { actor, path: { campaignId, creatorId }, query, now },
    { campaigns, invitations, participants, tracking },
  ) => {
    const invitation = await invitations.get(campaignId, actor.userId);
    const participant = await participants.get(campaignId, actor.userId);
    const named = await campaigns.get(campaignId);
    const money = await campaigns.budget(campaignId);
    const seen = visibleTo(actor, named && money && { campaign: named, budget: money, invitation, participant });
    const { campaign, budget } = seen;
    const everybody = await everyOfPages((page) => participants.ofCampaign(campaignId, {}, page));
    requireSlice(actor, campaign, everybody, creatorId);
    const { first, last } = periodOf(query, now);
    const buckets = await tracking.ofCampaign(campaignId, first, last);

    return analyticsOf({ campaign, budget, participants: everybody, buckets, creatorId }, now);
  },
);
