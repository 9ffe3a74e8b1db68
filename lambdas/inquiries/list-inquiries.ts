import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listInquiries } from "#shared/contracts/inquiries";
import { ownSliceOf, workSeenBy } from "#shared/domain/campaigns/access";
import { inquiryView } from "#shared/domain/inquiries/inquiry";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listInquiries,
  dynamodb,
  async ({ actor, path, query, page, now }, { campaigns, inquiries }) => {
    const { campaign } = workSeenBy(actor, await campaigns.seenBy(path.campaignId, actor.userId));
    const filter = { ...query, creatorId: ownSliceOf(actor, campaign) };

    const listed = await inquiries.ofCampaign(campaign.id, filter, page);

    return { ...listed, items: listed.items.map((inquiry) => inquiryView(inquiry, now)) };
  },
);
