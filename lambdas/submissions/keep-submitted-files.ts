import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3Files } from "#shared/adapters/s3/files";
import { keepSubmittedFiles } from "#shared/contracts/submissions";
import { fileOf } from "#shared/domain/submissions/access";
import { implementEach } from "#shared/runtime/implement-consumer";

export const handler = implementEach(
  keepSubmittedFiles,
  { ...dynamodb, files: s3Files },
  ({ detail }) => [detail],
  async (_invocation, { campaignId, submissionId }, { submissions, files }) => {
    const submitted = fileOf(await submissions.get(campaignId, submissionId));
    if (submitted) await files.keep(submitted.address, submitted.file);
  },
);
