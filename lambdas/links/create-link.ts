import { dynamodb } from "#shared/adapters/dynamodb/index";
import { randomLinkCodes } from "#shared/adapters/links/link-codes";
import { stageLinkUrls } from "#shared/adapters/links/link-urls";
import { createLink } from "#shared/contracts/links";
import { visibleTo } from "#shared/domain/campaigns/access";
import { createLink as decide, linkOwner } from "#shared/domain/links/create-link";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  createLink,
  { ...dynamodb, linkCodes: randomLinkCodes, linkUrls: stageLinkUrls },
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
