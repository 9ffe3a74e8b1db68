import { dynamodb } from "#shared/adapters/dynamodb/index";
import { answerInquiry } from "#shared/contracts/inquiries";
import { knownCampaign } from "#shared/domain/campaigns/access";
import { conversionIdOf } from "#shared/domain/conversions/conversion";
import { askedOf } from "#shared/domain/inquiries/access";
import { answerInquiry as decide } from "#shared/domain/inquiries/answer-inquiry";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  answerInquiry,
  dynamodb,
  async (call, { campaigns, conversions, inquiries, commit }) => {
    const asked = askedOf(call.actor, await inquiries.get(call.path.inquiryId));
    const campaign = knownCampaign(await campaigns.get(asked.campaignId));
    const conversion = await conversions.get(conversionIdOf(asked.brandId, asked.orderId));

    const { change, inquiry } = decide({ inquiry: asked, campaign, conversion }, call.body, call);

    return commit(change, inquiry);
  },
);
