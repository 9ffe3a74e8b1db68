import { dynamodb } from "#shared/adapters/dynamodb/index";
import { createCampaign } from "#shared/contracts/campaigns";
import { draftCampaign } from "#shared/domain/campaigns/draft-campaign";
import { campaignView } from "#shared/domain/campaigns/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(createCampaign, dynamodb, (call, { commit }) => {
  const { change, campaign, budget } = draftCampaign(call.body, call);

  return commit(change, campaignView(campaign, budget));
});
