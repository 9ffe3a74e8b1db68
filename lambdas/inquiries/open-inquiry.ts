import { dynamodb } from "#shared/adapters/dynamodb/index";
import { openInquiry } from "#shared/contracts/inquiries";
import { workSeenBy } from "#shared/domain/campaigns/access";
import { conversionIdOf } from "#shared/domain/conversions/conversion";
import { inquiryIdOf } from "#shared/domain/inquiries/inquiry";
import { MOST_A_DAY, openInquiry as decide } from "#shared/domain/inquiries/open-inquiry";
import { implement } from "#shared/runtime/implement";

export const handler = implement(openInquiry, dynamodb, async (call, { campaigns, conversions, inquiries, commit }) => {
  const { actor, path, body } = call;
  const seen = workSeenBy(actor, await campaigns.seenBy(path.campaignId, actor.userId));
  const { brandId } = seen.campaign;
  const present = await inquiries.get(inquiryIdOf(brandId, body.orderId, actor.userId));
  const conversion = await conversions.get(conversionIdOf(brandId, body.orderId));
  const latest = await inquiries.latest(path.campaignId, actor.userId, MOST_A_DAY);

  const { change, inquiry } = decide({ ...seen, present, conversion, latest }, body, call);

  return commit(change, inquiry);
});
