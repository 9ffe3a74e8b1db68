import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { stageLinkUrls } from "#shared/adapters/links/link-urls";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedInvitations, storedParticipants } from "#shared/table/repositories/invitations";
import { storedLinks } from "#shared/table/repositories/links";
import { listLinks } from "#shared/contracts/tracking";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listLinks,
  {
    table: dynamoTable,
    campaigns: storedCampaigns,
    invitations: storedInvitations,
    participants: storedParticipants,
    links: storedLinks,
    linkUrls: stageLinkUrls,
  },
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
