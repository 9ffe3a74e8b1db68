import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedCampaigns } from "#shared/table/repositories/campaigns";
import { storedSubmissions } from "#shared/table/repositories/submissions";
import { getSubmission } from "#shared/contracts/submissions";
import { readableBy } from "#shared/domain/submissions/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getSubmission,
  { table: dynamoTable, campaigns: storedCampaigns, submissions: storedSubmissions },
  async ({ actor, path: { campaignId, submissionId } }, { campaigns, submissions }) => {
    const campaign = await campaigns.get(campaignId);
    const submission = await submissions.get(campaignId, submissionId);

    return readableBy(actor, { campaign, submission }).submission;
  },
);
