import { dynamodb } from "#shared/adapters/dynamodb/index";
import { offerExtension } from "#shared/contracts/submissions";
import { knownParticipant, reviewableBy } from "#shared/domain/submissions/access";
import { offerExtension as decide } from "#shared/domain/submissions/extend";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  offerExtension,
  dynamodb,
  async (call, { campaigns, participants, submissions, commit }) => {
    const { campaignId, submissionId } = call.path;
    const campaign = await campaigns.get(campaignId);
    const reviewed = reviewableBy(call.actor, {
      campaign,
      submission: await submissions.get(campaignId, submissionId),
    });
    const participant = knownParticipant(await participants.get(campaignId, reviewed.submission.creatorId));

    const { change, submission } = decide({ ...reviewed, participant }, call.body, call);

    return commit(change, submission);
  },
);
