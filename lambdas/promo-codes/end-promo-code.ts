import { dynamodb } from "#shared/adapters/dynamodb/index";
import { endPromoCode } from "#shared/contracts/promo-codes";
import { steeredBy } from "#shared/domain/campaigns/access";
import { endPromoCode as decide } from "#shared/domain/promo-codes/end-promo-code";
import { implement } from "#shared/runtime/implement";

export const handler = implement(endPromoCode, dynamodb, async (call, { campaigns, promoCodes, commit }) => {
  const { actor, path } = call;
  const { campaign } = steeredBy(actor, await campaigns.seenBy(path.campaignId, actor.userId));
  const promoCode = await promoCodes.like(campaign.brandId, path.promoCode);

  return commit(decide({ campaign, promoCode }, path.promoCode, call));
});
