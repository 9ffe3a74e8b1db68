import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedParticipants } from "#shared/table/repositories/invitations";
import { storedSubmissions } from "#shared/table/repositories/submissions";
import { storedEarnings } from "#shared/table/repositories/wallets";
import { reviewSubmission } from "#shared/contracts/submissions";
import { found } from "#shared/domain/kernel/refusal";
import { reviewableBy } from "#shared/domain/submissions/access";
import { submissionRefusals } from "#shared/domain/submissions/refusals";
import { reviewSubmission as decide } from "#shared/domain/submissions/review-submission";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  reviewSubmission,
  {
    table: dynamoTable,
    changes: storedChanges,
    campaigns: storedCampaigns,
    participants: storedParticipants,
    submissions: storedSubmissions,
    earnings: storedEarnings,
  },
  async (call, { campaigns, participants, submissions, commit }) => {
    const { campaignId, submissionId } = call.path;
    const campaign = await campaigns.get(campaignId);
    const reviewed = reviewableBy(call.actor, {
      campaign,
      submission: await submissions.get(campaignId, submissionId),
    });
    const participant = found(
      await participants.get(campaignId, reviewed.submission.creatorId),
      submissionRefusals.notFound,
    );

    const { change, review } = decide({ ...reviewed, participant }, call.body, call);

    return commit(change, review);
  },
);
