import { dynamodb } from "#shared/adapters/dynamodb/index";
import { acceptInvitation } from "#shared/contracts/invitations";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { acceptInvitation as decide, answeredBy, participantView } from "#shared/domain/invitations/answer-invitation";
import { found } from "#shared/domain/kernel/refusal";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  acceptInvitation,
  dynamodb,
  async (call, { campaigns, invitations, participants, wallets, commit }) => {
    const { campaignId, creatorId } = call.path;
    const invitation = answeredBy(call.actor, creatorId, await invitations.get(campaignId, creatorId));
    const campaign = found(await campaigns.get(campaignId), campaignRefusals.notFound);
    const budget = found(await campaigns.budget(campaignId), campaignRefusals.notFound);
    const deliverables = await campaigns.deliverables(campaignId);
    const wallet = await wallets.get(creatorId);
    const earlier = await participants.get(campaignId, creatorId);

    const joined = decide({ invitation, campaign, budget, deliverables, wallet, earlier }, call);

    return commit(joined.change, participantView(joined.participant));
  },
);
