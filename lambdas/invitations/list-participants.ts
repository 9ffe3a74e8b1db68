import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listParticipants } from "#shared/contracts/invitations";
import { ownSliceOf, visibleTo } from "#shared/domain/campaigns/access";
import { participantView } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listParticipants,
  dynamodb,
  async ({ actor, path, page }, { campaigns, participants }) => {
    const { campaign } = visibleTo(actor, await campaigns.seenBy(path.campaignId, actor.userId));

    const listed = await participants.ofCampaign(campaign.id, { creatorId: ownSliceOf(actor, campaign) }, page);

    return { ...listed, items: listed.items.map(participantView) };
  },
);
