import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sendInvitation } from "#shared/contracts/invitations";
import { steeredBy } from "#shared/domain/campaigns/access";
import { sendInvitation as decide } from "#shared/domain/invitations/send-invitation";
import { implement } from "#shared/runtime/implement";

export const handler = implement(sendInvitation, dynamodb, async (call, { campaigns, accounts, commit }) => {
  const { creatorId } = call.body;
  const seen = steeredBy(call.actor, await campaigns.seenBy(call.path.campaignId, creatorId));
  const { campaign, invitation: existing, participant } = seen;
  const deliverables = await campaigns.deliverables(campaign.id);
  const account = await accounts.get(creatorId);
  const brandAccount = await accounts.get(campaign.brandId);
  const state = { campaign, deliverables, brandAccount, account, existing, participant };

  const { change, invitation } = decide(state, call.body, call);

  return commit(change, invitation);
});
