import { dynamodb } from "#shared/adapters/dynamodb/index";
import { linkParts } from "#shared/adapters/links/index";
import { listLinks } from "#shared/contracts/links";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listLinks,
  { ...dynamodb, ...linkParts },
  async ({ actor, path, page }, { campaigns, links, linkUrls }) => {
    const { campaign } = visibleTo(actor, await campaigns.seenBy(path.campaignId, actor.userId));

    const listed = await links.ofCampaign(campaign.id, { creatorId: ownSliceOf(actor, campaign) }, page);

    return { ...listed, items: listed.items.map((link) => ({ ...link, url: linkUrls.of(link.code) })) };
  },
);
