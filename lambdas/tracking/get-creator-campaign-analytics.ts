import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCreatorCampaignAnalytics } from "#shared/contracts/tracking";
import { sliceFor, visibleTo } from "#shared/domain/campaigns/access";
import { analyticsOf, periodOf } from "#shared/domain/tracking/analytics";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getCreatorCampaignAnalytics,
  dynamodb,
  async (
    { actor, path: { campaignId, creatorId }, query, now },
    { campaigns, participants, hitCounts, creatorVisits, conversionTallies },
  ) => {
    const { first, last } = periodOf(query, now);
    const { campaign, budget } = visibleTo(actor, await campaigns.seenBy(campaignId, actor.userId));
    const participant = sliceFor(actor, campaign, await participants.get(campaignId, creatorId));
    const buckets = await hitCounts.ofCampaign(campaignId, first, last);
    const visits = await creatorVisits.ofSlice(campaignId, creatorId, first, last);
    const tallies = await conversionTallies.ofCampaign(campaignId, first, last);

    return analyticsOf({ campaign, budget, participants: [participant], buckets, tallies, visits, creatorId }, now);
  },
);
