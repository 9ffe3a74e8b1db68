import * as z from "zod";
import { OrderId } from "../conversions/order-id.ts";
import { derivedId } from "../kernel/derived-id.ts";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant, InstantInput } from "../kernel/time.ts";

/** `open`: the brand is asked. Final: `credited` with a conversion, `declined` for a reason. */
export const InquiryStatus = z.enum(["open", "credited", "declined"]);

/** Why a sale is not the creator's. Those of networks that take inquiries (Rakuten Advertising, Involve Asia), and what is left. */
export const declineReasons = [
  "no_such_order",
  "order_cancelled",
  "outside_window",
  "no_touch_of_creator",
  "credited_to_another",
  "own_purchase",
  "other",
] as const;
export type DeclineReason = (typeof declineReasons)[number];

const Answer = z.object({
  outcome: z.enum(["credited", "declined"]),
  /** Of what was declined. */
  reason: z.enum(declineReasons).nullable(),
  /** The brand's own words. */
  note: z.string().nullable(),
  /** Of what was credited. */
  conversionId: idOf("conversion").nullable(),
  answeredAt: Instant,
});

/** A creator misses a sale. There is one about an order of a brand's and a creator, for ever. */
export const Inquiry = z.object({
  /** Follows from brand, order and creator. */
  id: idOf("inquiry"),
  campaignId: idOf("campaign"),
  brandId: UserId,
  creatorId: UserId,
  orderId: z.string(),
  /** When the order was, as far as the creator knows. */
  occurredAt: Instant.nullable(),
  note: z.string().nullable(),
  status: InquiryStatus,
  /** By when it is to be answered. */
  dueAt: Instant,
  /** When both sides were told that it is overdue. */
  remindedAt: Instant.nullable(),
  answer: Answer.nullable(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Inquiry = z.infer<typeof Inquiry>;

/** Days in which the brand answers. */
export const ANSWER_DAYS = 14;

export const inquiryIdOf = (brandId: string, orderId: string, creatorId: string): string =>
  derivedId("inquiry", JSON.stringify([brandId, orderId, creatorId]));

/** An inquiry as people see it. */
export type InquiryView = Inquiry & { readonly overdue: boolean };

export const inquiryView = (inquiry: Inquiry, now: Instant): InquiryView => ({
  ...inquiry,
  overdue: inquiry.status === "open" && inquiry.dueAt <= now,
});

const Words = z.string().trim().min(1).max(2_000);

/** What a creator knows of the sale. */
export const NewInquiry = z.strictObject({
  orderId: OrderId,
  occurredAt: InstantInput.optional(),
  note: Words.optional(),
});
export type NewInquiry = z.infer<typeof NewInquiry>;

/** What the brand says to it: which conversion it is by now, or why it is none, of the list and in words. */
export const NewAnswer = z
  .strictObject({
    outcome: z.enum(["credited", "declined"]),
    conversionId: idOf("conversion").optional().meta({ description: "Of what is credited" }),
    reason: z.enum(declineReasons).optional().meta({ description: "Of what is declined" }),
    note: Words.optional().meta({ description: "Needed where it is declined" }),
  })
  .refine(({ outcome, conversionId }) => (outcome === "credited") === (conversionId !== undefined), {
    path: ["conversionId"],
    error: "is given where it is credited, and only there",
  })
  .refine(({ outcome, reason }) => (outcome === "declined") === (reason !== undefined), {
    path: ["reason"],
    error: "is given where it is declined, and only there",
  })
  .refine(({ outcome, note }) => outcome === "credited" || note !== undefined, {
    path: ["note"],
    error: "is needed where it is declined",
  });
export type NewAnswer = z.infer<typeof NewAnswer>;
