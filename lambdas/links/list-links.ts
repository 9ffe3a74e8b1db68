import { dynamodb } from "#shared/adapters/dynamodb/index";
import { stageLinkUrls } from "#shared/adapters/links/link-urls";
import { listLinks } from "#shared/contracts/links";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listLinks,
  { ...dynamodb, linkUrls: stageLinkUrls },
  async ({ actor, path: { campaignId }, page }, { campaigns, invitations, participants, links, linkUrls }) => {
    const invitation = await invitations.get(campaignId, actor.userId);
    const participant = await participants.get(campaignId, actor.userId);
    const found = await campaigns.get(campaignId);
    const budget = await campaigns.budget(campaignId);
    const { campaign } = visibleTo(actor, found && budget && { campaign: found, budget, invitation, participant });

    const listed = await links.ofCampaign(campaignId, { creatorId: ownSliceOf(actor, campaign) }, page);

    return { ...listed, items: listed.items.map((link) => ({ ...link, url: linkUrls.of(link.code) })) };
  },
);
