import { dynamodb } from "#shared/adapters/dynamodb/index";
import { reviewSubmission } from "#shared/contracts/submissions";
import { knownBudget } from "#shared/domain/campaigns/access";
import { knownParticipant, reviewableBy } from "#shared/domain/submissions/access";
import { reviewSubmission as decide } from "#shared/domain/submissions/review-submission";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  reviewSubmission,
  dynamodb,
  async (call, { campaigns, participants, submissions, commit }) => {
    const { campaignId, submissionId } = call.path;
    const seen = await campaigns.seenBy(campaignId, call.actor.userId);
    const submission = await submissions.get(campaignId, submissionId);
    const reviewed = reviewableBy(call.actor, { campaign: seen?.campaign, submission });
    const budget = knownBudget(seen?.budget);
    const participant = knownParticipant(await participants.get(campaignId, reviewed.submission.creatorId));

    const { change, review } = decide({ ...reviewed, budget, participant }, call.body, call);

    return commit(change, review);
  },
);
