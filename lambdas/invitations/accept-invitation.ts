import { dynamodb } from "#shared/adapters/dynamodb/index";
import { acceptInvitation } from "#shared/contracts/invitations";
import { knownBudget, knownCampaign } from "#shared/domain/campaigns/access";
import { acceptInvitation as decide, answeredBy, participantView } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  acceptInvitation,
  dynamodb,
  async (call, { campaigns, invitations, participants, wallets, commit }) => {
    const { campaignId, creatorId } = call.path;
    const invitation = answeredBy(call.actor, creatorId, await invitations.get(campaignId, creatorId));
    const campaign = knownCampaign(await campaigns.get(campaignId));
    const budget = knownBudget(await campaigns.budget(campaignId));
    const deliverables = await campaigns.deliverables(campaignId);
    const wallet = await wallets.get(creatorId);
    const earlier = await participants.get(campaignId, creatorId);

    const joined = decide({ invitation, campaign, budget, deliverables, wallet, earlier }, call);

    return commit(joined.change, participantView(joined.participant));
  },
);
