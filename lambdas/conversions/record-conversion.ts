import { dynamodb } from "#shared/adapters/dynamodb/index";
import { recordConversion } from "#shared/contracts/conversions";
import { knownCampaign } from "#shared/domain/campaigns/access";
import {
  conversionIdOf,
  ownLink,
  recordConversion as decide,
  sourceOf,
} from "#shared/domain/conversions/record-conversion";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  recordConversion,
  dynamodb,
  async (call, { conversions, clickKeys, links, campaigns, commit }) => {
    const { body, actor } = call;
    const recorded = await conversions.get(conversionIdOf(actor.userId, body.orderId));
    // A brand's order counts once, for ever, whatever else is said of it when it comes again.
    if (recorded) return recorded;
    const source = sourceOf(body, await clickKeys.secret());
    const link = ownLink(await links.get(source.code), actor.userId);
    const campaign = knownCampaign(await campaigns.get(link.campaignId));

    const { change, conversion } = decide({ source, link, campaign }, body, call);

    return commit(change, conversion);
  },
);
