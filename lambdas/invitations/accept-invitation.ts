import { dynamodb } from "#shared/adapters/dynamodb/index";
import { acceptInvitation } from "#shared/contracts/invitations";
import { acceptInvitation as decide, answeredBy, participantView } from "#shared/domain/invitations/answer-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(acceptInvitation, dynamodb, async (call, { campaigns, wallets, commit }) => {
  const { campaignId, creatorId } = call.path;
  const seen = answeredBy(call.actor, creatorId, await campaigns.seenBy(campaignId, creatorId));
  const deliverables = await campaigns.deliverables(campaignId);
  const wallet = await wallets.get(creatorId);
  const profile = await wallets.profile(creatorId);
  const brandWallet = await wallets.get(seen.campaign.brandId);

  const joined = decide({ ...seen, deliverables, wallet, profile, brandWallet }, call);

  return commit(joined.change, participantView(joined.participant));
});
