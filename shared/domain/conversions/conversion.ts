import * as z from "zod";
import { derivedId } from "../kernel/derived-id.ts";
import { idOf, UserId } from "../kernel/ids.ts";
import { MAX_AMOUNT_MINOR, Money, PositiveMoney } from "../kernel/money.ts";
import { Instant, InstantInput } from "../kernel/time.ts";
import { attributionModels, promoCodePrecedences } from "./attribution-rules.ts";
import { OrderId } from "./order-id.ts";
import { Attribution, CreditedTouch, PassedOver } from "./touch.ts";

/** An order that a brand's shop says came of one or more links. There is one for an order of a brand's, for ever. */
export const Conversion = z.object({
  /** Follows from brand and order. */
  id: idOf("conversion"),
  brandId: UserId,
  orderId: z.string(),
  /** Of what it is attributed to. */
  campaignId: idOf("campaign"),
  creatorId: UserId,
  /** The touch with the largest part; of equal ones the latest. */
  attributedTo: Attribution,
  /** The rules that it was credited by, those of the last touch's campaign: a later change of them is none of it. */
  model: z.enum(attributionModels),
  windowDays: z.int(),
  /** What decided between a promo code and links; null when there was nothing to decide. */
  promoCodePrecedence: z.enum(promoCodePrecedences).nullable(),
  /** Everything that counted, in order of time. */
  touches: z.array(CreditedTouch),
  passedOver: z.array(PassedOver),
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

/** An order of a brand's has one conversion: its id is the order's. */
export const conversionIdOf = (brandId: string, orderId: string): string =>
  derivedId("conversion", JSON.stringify([brandId, orderId]));

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
/** Each costs a look at its link, and the conversion is one item. */
const MAX_CLICK_IDS = 20;
const foreignId = z.string().min(1).max(MAX_FOREIGN_ID);

export const NewConversion = z
  .strictObject({
    orderId: OrderId,
    clickId: foreignId.optional().meta({ description: "`click_id` as the destination was given it" }),
    clickIds: z.array(foreignId).min(1).max(MAX_CLICK_IDS).optional().meta({
      description: "Every `click_id` that the shop knows of the buyer, in any order; `clickId` may be one more",
    }),
    code: foreignId.optional().meta({ description: "A link's code; beside clicks, that of one of them" }),
    promoCode: foreignId.optional().meta({ description: "The promo code that was used, in any case" }),
    value: Money.extend({ amount: z.int().min(0).max(MAX_AMOUNT_MINOR) }).meta({ id: "ConversionValue" }),
    occurredAt: InstantInput.optional().meta({ description: "Now, when left out" }),
  })
  .refine(
    (named) => (["clickId", "clickIds", "code", "promoCode"] as const).some((name) => named[name] !== undefined),
    {
      path: ["clickId"],
      error: "clickId, clickIds, code or promoCode is needed",
    },
  );
export type NewConversion = z.infer<typeof NewConversion>;

export const NewReversal = z.strictObject({ amount: PositiveMoney, reason: z.string().trim().min(1).max(500) });
export type NewReversal = z.infer<typeof NewReversal>;
