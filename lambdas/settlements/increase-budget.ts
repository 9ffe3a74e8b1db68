import { dynamodb } from "#shared/adapters/dynamodb/index";
import { increaseBudget } from "#shared/contracts/settlements";
import { steeredBy } from "#shared/domain/campaigns/access";
import { increaseBudget as decide } from "#shared/domain/settlements/increase-budget";
import { implement } from "#shared/runtime/implement";

export const handler = implement(increaseBudget, dynamodb, async (call, { campaigns, wallets, commit }) => {
  const seen = await campaigns.seenBy(call.path.campaignId, call.actor.userId);
  const { campaign, budget } = steeredBy(call.actor, seen);
  const wallet = await wallets.get(campaign.brandId);

  const increased = decide({ campaign, budget, wallet }, call.body, call.idempotencyDigest, call);

  return commit(increased.change, increased.campaign);
});
