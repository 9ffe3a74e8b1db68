import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedChanges } from "#shared/table/repositories/changes";
import { createCampaign } from "#shared/contracts/campaigns";
import { draftCampaign } from "#shared/domain/campaigns/draft-campaign";
import { campaignView } from "#shared/domain/campaigns/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  createCampaign,
  { table: dynamoTable, changes: storedChanges, campaigns: storedCampaigns },
  (call, { commit }) => {
    const { change, campaign, budget } = draftCampaign(call.body, call);

    return commit(change, campaignView(campaign, budget));
  },
);
