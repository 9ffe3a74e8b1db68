import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getSubmission } from "#shared/contracts/submissions";
import { readableBy } from "#shared/domain/submissions/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getSubmission,
  dynamodb,
  async ({ actor, path: { campaignId, submissionId } }, { campaigns, submissions }) => {
    const campaign = await campaigns.get(campaignId);
    const submission = await submissions.get(campaignId, submissionId);

    return readableBy(actor, { campaign, submission }).submission;
  },
);
