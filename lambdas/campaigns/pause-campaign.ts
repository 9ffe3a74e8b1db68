import { dynamodb } from "#shared/adapters/dynamodb/index";
import { pauseCampaign } from "#shared/contracts/campaigns";
import { knownBudget, steeredBy } from "#shared/domain/campaigns/access";
import { pauseCampaign as decide } from "#shared/domain/campaigns/pause-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(pauseCampaign, dynamodb, async (call, { campaigns, commit }) => {
  const campaign = steeredBy(call.actor, await campaigns.get(call.path.campaignId));
  const budget = knownBudget(await campaigns.budget(campaign.id));

  const paused = decide({ campaign, budget }, call);

  return commit(paused.change, paused.campaign);
});
