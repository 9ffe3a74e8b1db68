import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedSubmissions } from "#shared/table/repositories/submissions";
import { listReviews } from "#shared/contracts/submissions";
import { readableBy } from "#shared/domain/submissions/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listReviews,
  { table: dynamoTable, campaigns: storedCampaigns, submissions: storedSubmissions },
  async ({ actor, path: { campaignId, submissionId }, page }, { campaigns, submissions }) => {
    const campaign = await campaigns.get(campaignId);
    const submission = await submissions.get(campaignId, submissionId);
    readableBy(actor, { campaign, submission });

    return submissions.reviews(campaignId, submissionId, page);
  },
);
