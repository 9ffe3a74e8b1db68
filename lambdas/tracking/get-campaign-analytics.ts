import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCampaignAnalytics } from "#shared/contracts/tracking";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { found } from "#shared/domain/kernel/refusal";
import { analyticsOf, periodOf } from "#shared/domain/tracking/analytics";
import { everyOfPages } from "#shared/ports/every";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getCampaignAnalytics,
  dynamodb,
  async ({ actor, path: { campaignId }, query, now }, { campaigns, invitations, participants, tracking }) => {
    const invitation = await invitations.get(campaignId, actor.userId);
    const participant = await participants.get(campaignId, actor.userId);
    const campaign = visibleTo(actor, await campaigns.get(campaignId), { invitation, participant });
    const budget = found(await campaigns.budget(campaignId), campaignRefusals.notFound);
    const everybody = await everyOfPages((page) => participants.ofCampaign(campaignId, {}, page));
    const { first, last } = periodOf(query, now);
    const buckets = await tracking.ofCampaign(campaignId, first, last);

    return analyticsOf(
      { campaign, budget, participants: everybody, buckets, creatorId: ownSliceOf(actor, campaign) },
      now,
    );
  },
);
