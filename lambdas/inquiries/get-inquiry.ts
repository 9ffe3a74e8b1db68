import { dynamodb } from "#shared/adapters/dynamodb/index";
import { getInquiry } from "#shared/contracts/inquiries";
import { readableInquiry } from "#shared/domain/inquiries/access";
import { inquiryView } from "#shared/domain/inquiries/inquiry";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getInquiry, dynamodb, async ({ actor, path, now }, { inquiries }) => {
  const inquiry = readableInquiry(actor, await inquiries.get(path.inquiryId));

  return inquiryView(inquiry, now);
});
