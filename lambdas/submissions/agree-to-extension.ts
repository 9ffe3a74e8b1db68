import { dynamodb } from "#shared/adapters/dynamodb/index";
import { agreeToExtension } from "#shared/contracts/submissions";
import { authoredBy, knownParticipant } from "#shared/domain/submissions/access";
import { agreeToExtension as decide } from "#shared/domain/submissions/extend";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  agreeToExtension,
  dynamodb,
  async (call, { campaigns, participants, submissions, commit }) => {
    const { campaignId, submissionId } = call.path;
    const campaign = await campaigns.get(campaignId);
    const authored = authoredBy(call.actor, { campaign, submission: await submissions.get(campaignId, submissionId) });
    const participant = knownParticipant(await participants.get(campaignId, call.actor.userId));

    const { change, submission } = decide({ ...authored, participant }, call);

    return commit(change, submission);
  },
);
