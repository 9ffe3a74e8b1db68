import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listDeliverables } from "#shared/contracts/campaigns";
import { visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listDeliverables, dynamodb, async ({ actor, path, page }, { campaigns }) => {
  const { campaign } = visibleTo(actor, await campaigns.seenBy(path.campaignId, actor.userId));

  return campaigns.deliverablePage(campaign.id, page);
});
