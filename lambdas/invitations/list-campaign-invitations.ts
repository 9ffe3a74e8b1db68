import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listCampaignInvitations } from "#shared/contracts/invitations";
import { steeredBy } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listCampaignInvitations,
  dynamodb,
  async ({ actor, path: { campaignId }, now, page }, { campaigns, invitations }) => {
    steeredBy(actor, await campaigns.seenBy(campaignId, actor.userId));

    return invitations.ofCampaign(campaignId, { now }, page);
  },
);
