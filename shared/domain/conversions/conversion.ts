import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { MAX_AMOUNT_MINOR, Money, PositiveMoney } from "../kernel/money.ts";
import { Instant, InstantInput } from "../kernel/time.ts";
import { LinkCode } from "../links/link.ts";

/** Why a conversion is somebody's. */
export const Attribution = z.object({
  creatorId: UserId,
  code: LinkCode,
  /** `click`: a click id that our edge signed. `code`: the brand named the link. */
  by: z.enum(["click", "code"]),
  /** Of a click; null when the brand named the link. */
  clickedAt: Instant.nullable(),
});
export type Attribution = z.infer<typeof Attribution>;

/** An order that a brand's shop says came of a link. There is one for an order of a brand's, for ever. */
export const Conversion = z.object({
  /** Follows from brand and order. */
  id: idOf("conversion"),
  brandId: UserId,
  orderId: z.string(),
  campaignId: idOf("campaign"),
  creatorId: UserId,
  attributedTo: Attribution,
  value: Money,
  /** Taken back of the value so far. */
  reversedMinor: z.int(),
  occurredAt: Instant,
  /** The key that it was recorded with; missing when the brand itself was signed in. */
  apiKeyId: idOf("key").optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Conversion = z.infer<typeof Conversion>;

/** Part or all of a conversion's value taken back: a return, a refund, a chargeback. */
export const ConversionReversal = z.object({
  id: idOf("reversal"),
  conversionId: idOf("conversion"),
  brandId: UserId,
  amount: Money,
  reason: z.string(),
  apiKeyId: idOf("key").optional(),
  version: z.int(),
  createdAt: Instant,
});
export type ConversionReversal = z.infer<typeof ConversionReversal>;

/** Of ids that others make: long enough for any, and no place to keep something in. */
const MAX_FOREIGN_ID = 200;
const foreignId = z.string().min(1).max(MAX_FOREIGN_ID);

export const NewConversion = z
  .strictObject({
    orderId: foreignId,
    clickId: foreignId.optional().meta({ description: "`click_id` as the destination was given it" }),
    code: foreignId.optional().meta({ description: "A link's code; beside `clickId`, the same link's" }),
    value: Money.extend({ amount: z.int().min(0).max(MAX_AMOUNT_MINOR) }).meta({ id: "ConversionValue" }),
    occurredAt: InstantInput.optional().meta({ description: "Now, when left out" }),
  })
  .refine(({ clickId, code }) => clickId !== undefined || code !== undefined, {
    path: ["clickId"],
    error: "clickId or code is needed",
  });
export type NewConversion = z.infer<typeof NewConversion>;

export const NewReversal = z.strictObject({ amount: PositiveMoney, reason: z.string().trim().min(1).max(500) });
export type NewReversal = z.infer<typeof NewReversal>;
