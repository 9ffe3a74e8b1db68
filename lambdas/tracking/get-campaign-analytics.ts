import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCampaignAnalytics } from "#shared/contracts/tracking";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { analyticsOf, periodOf } from "#shared/domain/tracking/analytics";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getCampaignAnalytics,
  dynamodb,
  async (
    { actor, path: { campaignId }, query, now },
    { campaigns, participants, hitCounts, creatorVisits, conversionTallies },
  ) => {
    const { first, last } = periodOf(query, now);
    const { campaign, budget } = visibleTo(actor, await campaigns.seenBy(campaignId, actor.userId));
    const creatorId = ownSliceOf(actor, campaign);
    const shown = await participants.everybody(campaignId, { creatorId });
    const buckets = await hitCounts.ofCampaign(campaignId, first, last);
    const visits = await creatorVisits.ofSlice(campaignId, creatorId, first, last);
    const tallies = await conversionTallies.ofCampaign(campaignId, first, last);

    return analyticsOf({ campaign, budget, participants: shown, buckets, tallies, visits, creatorId }, now);
  },
);
