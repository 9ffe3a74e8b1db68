import { dynamodb } from "#shared/adapters/dynamodb/index";
import { createPromoCode } from "#shared/contracts/promo-codes";
import { steeredBy } from "#shared/domain/campaigns/access";
import { createPromoCode as decide } from "#shared/domain/promo-codes/create-promo-code";
import { implement } from "#shared/runtime/implement";

export const handler = implement(createPromoCode, dynamodb, async (call, { campaigns, promoCodes, commit }) => {
  const { actor, path, body } = call;
  const seen = steeredBy(actor, await campaigns.seenBy(path.campaignId, body.creatorId));
  const alike = await promoCodes.like(seen.campaign.brandId, body.code);

  const { change, promoCode } = decide({ ...seen, alike }, body, call);

  return commit(change, promoCode);
});
