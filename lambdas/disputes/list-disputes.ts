import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listDisputes } from "#shared/contracts/disputes";
import { readableBy } from "#shared/domain/submissions/access";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listDisputes,
  dynamodb,
  async ({ actor, path: { campaignId, submissionId } }, { campaigns, submissions, disputes }) => {
    const campaign = await campaigns.get(campaignId);
    const submission = await submissions.get(campaignId, submissionId);
    readableBy(actor, { campaign, submission });

    const dispute = await disputes.get(campaignId, submissionId);

    return { items: [dispute].flatMap((one) => one ?? []) };
  },
);
