import { dynamodb } from "#shared/adapters/dynamodb/index";
import { releaseRemovedSubmissions } from "#shared/contracts/settlements";
import { releaseSubmission } from "#shared/domain/settlements/release-submission";
import { implementEach } from "#shared/runtime/implement-consumer";

export const handler = implementEach(
  releaseRemovedSubmissions,
  dynamodb,
  ({ detail: { campaignId, submissionIds } }) => submissionIds.map((submissionId) => ({ campaignId, submissionId })),
  async (invocation, { campaignId, submissionId }, { submissions, commit }) => {
    const change = releaseSubmission(await submissions.get(campaignId, submissionId), invocation);
    if (change) await commit(change);
  },
);
