import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getCampaign } from "#shared/contracts/campaigns";
import { visibleTo } from "#shared/domain/campaigns/access";
import { campaignView } from "#shared/domain/campaigns/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getCampaign, dynamodb, async ({ actor, path }, { campaigns }) => {
  const { campaign, budget } = visibleTo(actor, await campaigns.seenBy(path.campaignId, actor.userId));

  return campaignView(campaign, budget);
});
