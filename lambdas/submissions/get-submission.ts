import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3Files } from "#shared/adapters/s3/files";
import { getSubmission } from "#shared/contracts/submissions";
import { fileOf, readableBy } from "#shared/domain/submissions/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getSubmission,
  { ...dynamodb, files: s3Files },
  async ({ actor, path: { campaignId, submissionId } }, { campaigns, submissions, files }) => {
    const campaign = await campaigns.get(campaignId);
    const { submission } = readableBy(actor, { campaign, submission: await submissions.get(campaignId, submissionId) });
    const submitted = fileOf(submission);
    const downloadUrl = submitted && (await files.downloadUrl(submitted.address, submitted.file));

    return { ...submission, ...(downloadUrl !== undefined && { downloadUrl }) };
  },
);
