import { dynamodb } from "#shared/adapters/dynamodb/index";
import { explainOwnMatch } from "#shared/contracts/matching";
import { ownCampaign } from "#shared/domain/matching/access";
import { ownExplanation } from "#shared/domain/matching/propose";
import { fitOf } from "#shared/application/matching/creator-facts";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  explainOwnMatch,
  dynamodb,
  async ({ actor, path: { campaignId, creatorId }, now }, { campaigns, ...ports }) => {
    const campaign = ownCampaign(actor, creatorId, await campaigns.seenBy(campaignId, actor.userId));
    const fit = await fitOf(campaign, creatorId, { campaigns, ...ports });

    return ownExplanation(campaign, fit, now);
  },
);
