import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listReviews } from "#shared/contracts/submissions";
import { readableBy } from "#shared/domain/submissions/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listReviews,
  dynamodb,
  async ({ actor, path: { campaignId, submissionId }, page }, { campaigns, submissions }) => {
    const campaign = await campaigns.get(campaignId);
    const submission = await submissions.get(campaignId, submissionId);
    readableBy(actor, { campaign, submission });

    return submissions.reviews(campaignId, submissionId, page);
  },
);
