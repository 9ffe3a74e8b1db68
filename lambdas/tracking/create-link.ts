import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { randomLinkCodes } from "#shared/adapters/links/link-codes";
import { stageLinkUrls } from "#shared/adapters/links/link-urls";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedInvitations, storedParticipants } from "#shared/table/repositories/invitations";
import { storedLinks } from "#shared/table/repositories/links";
import { createLink } from "#shared/contracts/tracking";
import { visibleTo } from "#shared/domain/campaigns/access";
import { createLink as decide, linkOwner } from "#shared/domain/links/create-link";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  createLink,
  {
    table: dynamoTable,
    changes: storedChanges,
    campaigns: storedCampaigns,
    invitations: storedInvitations,
    participants: storedParticipants,
    links: storedLinks,
    linkCodes: randomLinkCodes,
    linkUrls: stageLinkUrls,
  },
  async (call, { campaigns, invitations, participants, linkCodes, linkUrls, commit }) => {
    const { campaignId } = call.path;
    const found = await campaigns.get(campaignId);
    const creatorId = linkOwner(call.actor, found, call.body.creatorId);
    const invitation = await invitations.get(campaignId, creatorId);
    const participant = await participants.get(campaignId, creatorId);
    const budget = await campaigns.budget(campaignId);
    const seen = visibleTo(call.actor, found && budget && { campaign: found, budget, invitation, participant });
    const { campaign } = seen;

    const { change, link } = decide({ campaign, creatorId, participant, code: linkCodes.next() }, call.body, call);

    return commit(change, { ...link, url: linkUrls.of(link.code) });
  },
);
