import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { dynamoHitCounts } from "#shared/adapters/dynamodb/hit-counts";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedInvitations, storedParticipants } from "#shared/table/repositories/invitations";
import { getCampaignAnalytics } from "#shared/contracts/tracking";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { found } from "#shared/domain/kernel/refusal";
import { analyticsOf, periodOf } from "#shared/domain/tracking/analytics";
import { everyOfPages } from "#shared/ports/every";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getCampaignAnalytics,
  {
    table: dynamoTable,
    campaigns: storedCampaigns,
    invitations: storedInvitations,
    participants: storedParticipants,
    tracking: dynamoHitCounts,
  },
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
