import { dynamodb } from "#shared/adapters/dynamodb/index";
import { openDispute } from "#shared/contracts/disputes";
import { knownBudget } from "#shared/domain/campaigns/access";
import { disputableBy } from "#shared/domain/disputes/access";
import { openDispute as decide } from "#shared/domain/disputes/open-dispute";
import { knownParticipant } from "#shared/domain/submissions/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  openDispute,
  dynamodb,
  async (call, { campaigns, participants, submissions, commit }) => {
    const { campaignId, submissionId } = call.path;
    const seen = await campaigns.seenBy(campaignId, call.actor.userId);
    const submission = await submissions.get(campaignId, submissionId);
    const disputed = disputableBy(call.actor, { campaign: seen?.campaign, submission });
    const budget = knownBudget(seen?.budget);
    const participant = knownParticipant(await participants.get(campaignId, disputed.submission.creatorId));

    const { change, dispute } = decide({ ...disputed, budget, participant }, call.body, call);

    return commit(change, dispute);
  },
);
