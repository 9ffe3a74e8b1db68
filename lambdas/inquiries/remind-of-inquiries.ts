import { dynamodb } from "#shared/adapters/dynamodb/index";
import { remindOfInquiries } from "#shared/contracts/inquiries";
import { knownCampaign } from "#shared/domain/campaigns/access";
import { remindOfInquiry } from "#shared/domain/inquiries/remind-of-inquiry";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  remindOfInquiries,
  dynamodb,
  async ({ now }, { campaigns, inquiries, commit }, each) => {
    await each(
      inquiries.overdue(now),
      ({ id }) => id,
      async ({ id, campaignId }) => {
        const campaign = knownCampaign(await campaigns.get(campaignId));
        const change = remindOfInquiry(campaign, await inquiries.get(id), now);

        return change && commit(change, "reminded");
      },
    );
  },
);
