/** The brand answers: by naming the conversion that it has recorded, or by saying why there is none. */
import type { Campaign } from "../campaigns/campaign.ts";
import { type Change, changed } from "../change.ts";
import type { Conversion } from "../conversions/conversion.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { type Inquiry, type InquiryView, inquiryView, type NewAnswer } from "./inquiry.ts";
import { inquiryLifecycle } from "./lifecycle.ts";

export interface AnswerState {
  readonly inquiry: Inquiry;
  readonly campaign: Campaign;
  /** The order's, when it has one. */
  readonly conversion: Conversion | undefined;
}

export function answerInquiry(
  { inquiry, campaign, conversion }: AnswerState,
  input: NewAnswer,
  occasion: Occasion,
): { readonly change: Change; readonly inquiry: InquiryView } {
  const { outcome, conversionId = null, reason = null, note = null } = input;
  const moved =
    conversionId === null
      ? transition(inquiry, inquiryLifecycle.decline, occasion)
      : transition(inquiry, inquiryLifecycle.credit, occasion, { inquiry, conversion, conversionId });
  const answer = { outcome, reason, note, conversionId, answeredAt: occasion.now };
  const answered = changed("inquiry", inquiry, { ...moved, answer });
  const { id: inquiryId, campaignId, brandId, creatorId, orderId } = inquiry;
  const detail = { campaignId, campaignName: campaign.name, brandId, creatorId, inquiryId, orderId };
  const change: Change = {
    entities: [answered],
    events: [{ type: "inquiry.answered", detail: { ...detail, outcome, declinedFor: reason, message: note } }],
    audit: {
      action: "inquiry.answered",
      resource: { type: "inquiry", id: inquiryId },
      changes: [
        { field: "status", before: inquiry.status, after: moved.status },
        { field: "conversionId", before: null, after: conversionId },
        { field: "reason", before: null, after: reason },
      ],
    },
  };
  return { change, inquiry: inquiryView(answered.next, occasion.now) };
}
