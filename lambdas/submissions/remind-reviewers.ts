import { dynamodb } from "#shared/adapters/dynamodb/index";
import { remindReviewers } from "#shared/contracts/submissions";
import { knownCampaign } from "#shared/domain/campaigns/access";
import { remindReviewer } from "#shared/domain/submissions/remind-reviewer";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  remindReviewers,
  dynamodb,
  async (invocation, { campaigns, submissions, commit }, each) => {
    await each(
      submissions.reminding(invocation.now),
      ({ id }) => id,
      async ({ campaignId, id }) => {
        const campaign = knownCampaign(await campaigns.get(campaignId));
        const change = remindReviewer(campaign, await submissions.get(campaignId, id), invocation);

        return change && commit(change, "reminded");
      },
    );
  },
);
