import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedWallets } from "#shared/table/repositories/wallets";
import { listCampaignBlockers } from "#shared/contracts/campaigns";
import { steeredBy } from "#shared/domain/campaigns/access";
import { publicationBlockers } from "#shared/domain/campaigns/publish-campaign";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listCampaignBlockers,
  { table: dynamoTable, campaigns: storedCampaigns, wallets: storedWallets },
  async (call, { campaigns, wallets }) => {
    const { campaignId } = call.path;
    const campaign = steeredBy(call.actor, await campaigns.get(campaignId));
    const deliverables = await campaigns.deliverables(campaignId);
    const wallet = await wallets.get(campaign.brandId);

    const blockers = publicationBlockers({ campaign, deliverables, wallet }, call);

    return { data: blockers.map(({ refusal, detail }) => ({ code: refusal.code, detail })) };
  },
);
