import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listDeliverables } from "#shared/contracts/campaigns";
import { visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listDeliverables,
  dynamodb,
  async ({ actor, path: { campaignId }, page }, { campaigns, invitations, participants }) => {
    const [found, invitation, participant] = await Promise.all([
      campaigns.get(campaignId),
      invitations.get(campaignId, actor.userId),
      participants.get(campaignId, actor.userId),
    ]);
    visibleTo(actor, found, { invitation, participant });

    return campaigns.deliverablePage(campaignId, page);
  },
);
