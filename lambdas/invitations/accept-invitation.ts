import { dynamodb } from "#shared/adapters/dynamodb/index";
import { acceptInvitation } from "#shared/contracts/invitations";
import { knownCampaign } from "#shared/domain/campaigns/access";
import { acceptInvitation as decide, answeredBy, participantView } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(acceptInvitation, dynamodb, async (call, { campaigns, wallets, commit }) => {
  const { campaignId, creatorId } = call.path;
  const seen = await campaigns.seenBy(campaignId, creatorId);
  const invitation = answeredBy(call.actor, creatorId, seen?.invitation);
  const { campaign, budget, participant: earlier } = knownCampaign(seen);
  const deliverables = await campaigns.deliverables(campaignId);
  const wallet = await wallets.get(creatorId);

  const joined = decide({ invitation, campaign, budget, deliverables, wallet, earlier }, call);

  return commit(joined.change, participantView(joined.participant));
});
