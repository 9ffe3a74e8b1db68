import { dynamodb } from "#shared/adapters/dynamodb/index";
import { explainOwnMatch } from "#shared/contracts/matching";
import { ownCampaign } from "#shared/domain/matching/access";
import { briefOf } from "#shared/domain/matching/brief";
import { explanation } from "#shared/domain/matching/propose";
import { shownCreator } from "#shared/domain/users/public-profile";
import { factsOf } from "#shared/ports/creator-facts";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  explainOwnMatch,
  dynamodb,
  async ({ actor, path: { campaignId, creatorId }, now }, { campaigns, ...ports }) => {
    const campaign = ownCampaign(actor, creatorId, await campaigns.seenBy(campaignId, actor.userId));
    const brief = briefOf(campaign, await campaigns.deliverables(campaignId));
    const shown = shownCreator(await factsOf(creatorId, ports));

    // That they are invited or take part is what they see it by, and leaves them out of nothing.
    return explanation(campaign, brief, { ...shown, invitation: undefined, participant: undefined }, now);
  },
);
