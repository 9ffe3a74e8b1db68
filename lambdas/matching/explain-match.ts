import { dynamodb } from "#shared/adapters/dynamodb/index";
import { explainMatch } from "#shared/contracts/matching";
import { steeredBy } from "#shared/domain/campaigns/access";
import { briefOf } from "#shared/domain/matching/brief";
import { explanation } from "#shared/domain/matching/propose";
import { shownCreator } from "#shared/domain/users/public-profile";
import { factsOf } from "#shared/ports/creator-facts";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  explainMatch,
  dynamodb,
  async ({ actor, path: { campaignId, creatorId }, now }, { campaigns, ...ports }) => {
    const { campaign, invitation, participant } = steeredBy(actor, await campaigns.seenBy(campaignId, creatorId));
    const brief = briefOf(campaign, await campaigns.deliverables(campaignId));
    const shown = shownCreator(await factsOf(creatorId, ports));

    return explanation(campaign, brief, { ...shown, invitation, participant }, now);
  },
);
