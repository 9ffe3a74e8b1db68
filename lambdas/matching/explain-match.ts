import { dynamodb } from "#shared/adapters/dynamodb/index";
import { explainMatch } from "#shared/contracts/matching";
import { steeredBy } from "#shared/domain/campaigns/access";
import { explanation } from "#shared/domain/matching/propose";
import { fitOf } from "#shared/application/matching/creator-facts";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  explainMatch,
  dynamodb,
  async ({ actor, path: { campaignId, creatorId }, now }, { campaigns, ...ports }) => {
    const { campaign, invitation, participant } = steeredBy(actor, await campaigns.seenBy(campaignId, creatorId));
    const fit = await fitOf(campaign, creatorId, { campaigns, ...ports });

    return explanation(campaign, { ...fit, invitation, participant }, now);
  },
);
