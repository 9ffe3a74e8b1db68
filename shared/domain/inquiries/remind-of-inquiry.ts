import type { Campaign } from "../campaigns/campaign.ts";
import { type Change, changed } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import type { Inquiry } from "./inquiry.ts";

/** Tells both sides once that an inquiry is overdue. Undefined when there is nothing to tell of any more. */
export function remindOfInquiry(campaign: Campaign, inquiry: Inquiry | undefined, now: Instant): Change | undefined {
  if (inquiry?.status !== "open" || inquiry.remindedAt !== null || inquiry.dueAt > now) return undefined;
  const { id: inquiryId, campaignId, brandId, creatorId, orderId, dueAt } = inquiry;
  const detail = { campaignId, campaignName: campaign.name, brandId, creatorId, inquiryId, orderId, dueAt };
  return {
    entities: [changed("inquiry", inquiry, { ...inquiry, remindedAt: now, updatedAt: now })],
    events: [{ type: "inquiry.overdue", detail }],
  };
}
