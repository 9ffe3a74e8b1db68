import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedInvitations } from "#shared/table/repositories/invitations";
import { listCampaignInvitations } from "#shared/contracts/invitations";
import { steeredBy } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listCampaignInvitations,
  { table: dynamoTable, campaigns: storedCampaigns, invitations: storedInvitations },
  async ({ actor, path: { campaignId }, page }, { campaigns, invitations }) => {
    steeredBy(actor, await campaigns.get(campaignId));

    return invitations.ofCampaign(campaignId, page);
  },
);
