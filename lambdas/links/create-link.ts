import { dynamodb } from "#shared/adapters/dynamodb/index";
import { linkParts } from "#shared/adapters/links/index";
import { createLink } from "#shared/contracts/links";
import { visibleTo } from "#shared/domain/campaigns/access";
import { createLink as decide } from "#shared/domain/links/create-link";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  createLink,
  { ...dynamodb, ...linkParts },
  async (call, { campaigns, linkCodes, linkNames, linkUrls, commit }) => {
    const creatorId = call.body.creatorId ?? call.actor.userId;
    const seen = visibleTo(call.actor, await campaigns.seenBy(call.path.campaignId, creatorId));

    const naming = await linkNames.forSlug(seen.campaign.brandId, call.body.slug);

    const state = { ...seen, naming, drawn: linkCodes.next(), urlOf: linkUrls.of };
    const { change, link } = decide(state, call.body, call);

    return commit(change, { ...link, url: linkUrls.of(link.code) });
  },
);
