import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCreatorCampaignAnalytics } from "#shared/contracts/tracking";
import { requireSlice, visibleTo } from "#shared/domain/campaigns/access";
import { analyticsOf, periodOf } from "#shared/domain/tracking/analytics";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getCreatorCampaignAnalytics,
  dynamodb,
  async ({ actor, path: { campaignId, creatorId }, query, now }, { campaigns, participants, hitCounts }) => {
    const { campaign, budget } = visibleTo(actor, await campaigns.seenBy(campaignId, actor.userId));
    const everybody = await participants.everybody(campaignId);
    requireSlice(actor, campaign, everybody, creatorId);
    const { first, last } = periodOf(query, now);
    const buckets = await hitCounts.ofCampaign(campaignId, first, last);

    return analyticsOf({ campaign, budget, participants: everybody, buckets, creatorId }, now);
  },
);
