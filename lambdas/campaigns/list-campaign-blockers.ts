import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listCampaignBlockers } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { publicationBlockers } from "#shared/domain/campaigns/publish-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listCampaignBlockers, dynamodb, async (call, { campaigns, wallets }) => {
  const { campaignId } = call.path;
  const { campaign } = steeredBy(call.actor, await campaigns.seenBy(campaignId, call.actor.userId));
  const deliverables = await campaigns.deliverables(campaignId);
  const wallet = await wallets.get(campaign.brandId);

  const blockers = publicationBlockers({ campaign, deliverables, wallet }, call);

  return { data: blockers.map(({ refusal, detail }) => ({ code: refusal.code, detail })) };
});
