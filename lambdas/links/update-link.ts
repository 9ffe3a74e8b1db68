import { dynamodb } from "#shared/adapters/dynamodb/index";
import { linkParts } from "#shared/adapters/links/index";
import { updateLink } from "#shared/contracts/links";
import { knownCampaign } from "#shared/domain/campaigns/access";
import { steeredLink, updateLink as decide } from "#shared/domain/links/update-link";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  updateLink,
  { ...dynamodb, ...linkParts },
  async (call, { links, campaigns, linkUrls, commit }) => {
    const current = steeredLink(call.actor, await links.get(call.path.code));
    const campaign = knownCampaign(await campaigns.get(current.campaignId));

    const { change, link } = decide({ link: current, campaign }, call.body, call);

    return commit(change, { ...link, url: linkUrls.of(link.code) });
  },
);
