import { dynamodb } from "#shared/adapters/dynamodb/index";
import { reviewSubmission } from "#shared/contracts/submissions";
import { knownBudget } from "#shared/domain/campaigns/access";
import { knownParticipant, knownSubmission, reviewableBy } from "#shared/domain/submissions/access";
import { reviewSubmission as decide } from "#shared/domain/submissions/review-submission";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  reviewSubmission,
  dynamodb,
  async (call, { campaigns, participants, submissions, commit }) => {
    const { campaignId, submissionId } = call.path;
    const campaign = await campaigns.get(campaignId);
    const first = reviewableBy(call.actor, { campaign, submission: await submissions.get(campaignId, submissionId) });
    const budget = knownBudget(await campaigns.budget(campaignId));
    const participant = knownParticipant(await participants.get(campaignId, first.submission.creatorId));
    // Read last: a decision that came in between is seen here, and answered with its outcome.
    const submission = knownSubmission(await submissions.get(campaignId, submissionId));

    const { change, review } = decide({ ...first, budget, submission, participant }, call.body, call);

    return commit(change, review);
  },
);
