import { dynamodb } from "#shared/adapters/dynamodb/index";
import { reviewSubmission } from "#shared/contracts/submissions";
import { knownParticipant, reviewableBy } from "#shared/domain/submissions/access";
import { reviewSubmission as decide } from "#shared/domain/submissions/review-submission";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  reviewSubmission,
  dynamodb,
  async (call, { campaigns, participants, submissions, commit }) => {
    const { campaignId, submissionId } = call.path;
    const campaign = await campaigns.get(campaignId);
    const submission = await submissions.get(campaignId, submissionId);
    const reviewed = reviewableBy(call.actor, { campaign, submission });
    const participant = knownParticipant(await participants.get(campaignId, reviewed.submission.creatorId));

    const { change, review } = decide({ ...reviewed, participant }, call.body, call);

    return commit(change, review);
  },
);
