import { dynamodb } from "#shared/adapters/dynamodb/index";
import { createCampaign } from "#shared/contracts/campaigns";
import { draftCampaign } from "#shared/domain/campaigns/draft-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(createCampaign, dynamodb, (call, { commit }) => {
  const { change, campaign } = draftCampaign(call.body, call);

  return commit(change, campaign);
});
