import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listDeliverables } from "#shared/contracts/campaigns";
import { visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listDeliverables,
  dynamodb,
  async ({ actor, path: { campaignId }, page }, { campaigns, invitations, participants }) => {
    const [campaign, invitation, participant, budget] = await Promise.all([
      campaigns.get(campaignId),
      invitations.get(campaignId, actor.userId),
      participants.get(campaignId, actor.userId),
      campaigns.budget(campaignId),
    ]);
    visibleTo(actor, campaign && budget && { campaign, budget, invitation, participant });

    return campaigns.deliverablePage(campaignId, page);
  },
);
