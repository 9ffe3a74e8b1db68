import { dynamodb } from "#shared/adapters/dynamodb/index";
import { submitContent } from "#shared/contracts/submissions";
import { visibleTo } from "#shared/domain/campaigns/access";
import { subjectOf, submitContent as decide } from "#shared/domain/submissions/submit-content";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  submitContent,
  dynamodb,
  async (call, { campaigns, invitations, participants, commit }) => {
    const { campaignId } = call.path;
    const creatorId = subjectOf(call.actor, call.body.creatorId);
    const invitation = await invitations.get(campaignId, creatorId);
    const participant = await participants.get(campaignId, creatorId);
    const found = await campaigns.get(campaignId);
    const budget = await campaigns.budget(campaignId);
    const { campaign } = visibleTo(call.actor, found && budget && { campaign: found, budget, invitation, participant });

    const { change, submission } = decide({ campaign, participant }, call.body, call);

    return commit(change, submission);
  },
);
