import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listPromoCodes } from "#shared/contracts/promo-codes";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listPromoCodes, dynamodb, async ({ actor, path, page }, { campaigns, promoCodes }) => {
  const { campaign } = visibleTo(actor, await campaigns.seenBy(path.campaignId, actor.userId));

  return promoCodes.ofCampaign(campaign.id, { creatorId: ownSliceOf(actor, campaign) }, page);
});
