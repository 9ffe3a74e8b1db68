import { dynamodb } from "#shared/adapters/dynamodb/index";
import { linkParts } from "#shared/adapters/links/index";
import { updateLink } from "#shared/contracts/links";
import { knownCampaign } from "#shared/domain/campaigns/access";
import { steeredLink } from "#shared/domain/links/access";
import { daysOf } from "#shared/domain/links/click-limit";
import { setsLimit, updateLink as decide } from "#shared/domain/links/update-link";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  updateLink,
  { ...dynamodb, ...linkParts },
  async (call, { links, campaigns, hitCounts, linkUrls, commit }) => {
    const current = steeredLink(call.actor, await links.get(call.path.code));
    const campaign = knownCampaign(await campaigns.get(current.campaignId));
    const { first, last } = daysOf(current, call.now);
    const url = linkUrls.of(current.code);
    const counted = setsLimit(call.body) ? await hitCounts.ofCampaign(campaign.id, first, last) : [];

    const { change, link } = decide({ link: current, campaign, url, counted }, call.body, call);

    return commit(change, { ...link, url });
  },
);
