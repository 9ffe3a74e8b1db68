/** What an order may have come of. */
import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";
import { LinkCode } from "../links/link-code.ts";

/** Why a conversion is somebody's. */
export const Attribution = z.object({
  creatorId: UserId,
  /** Of its link; null when it is a promo code. */
  code: LinkCode.nullable(),
  /** The one that was used. */
  promoCode: z.string().optional(),
  /** `click`: a click id that our edge signed. `code`: the brand named the link. `promo_code`: the order used it. */
  by: z.enum(["click", "code", "promo_code"]),
  /** Of a click; null of everything else. */
  clickedAt: Instant.nullable(),
});
export type Attribution = z.infer<typeof Attribution>;

/** Something of the brand's that the order may have come of, as it stood when the order was recorded. */
export const Touch = Attribution.extend({
  campaignId: idOf("campaign"),
  /** Days after it in which an order was its. */
  windowDays: z.int(),
});
export type Touch = z.infer<typeof Touch>;

/** A touch that counts, and its part of the conversion, which may be nothing. */
export const CreditedTouch = Touch.extend({
  /** Whole per cents; those of all touches are 100. */
  percent: z.int(),
  /** Of the value. Those of all touches are the value. */
  shareMinor: z.int(),
  /** Taken back of the share so far. */
  reversedMinor: z.int(),
});
export type CreditedTouch = z.infer<typeof CreditedTouch>;

/** Why something that was named does not count. */
export const passedOverReasons = [
  "not_yours",
  "after_the_order",
  "too_old",
  "other_currency",
  "code_ended",
  "creator_banned",
  /** It would count, but for the campaign's precedence. */
  "promo_code_first",
  "click_first",
] as const;

export const PassedOver = z.object({
  /** As it was named. */
  named: z.string(),
  reason: z.enum(passedOverReasons),
  /** Null when it is not the brand's: what is another's is as unknown as what is not there. */
  touch: Touch.nullable(),
});
export type PassedOver = z.infer<typeof PassedOver>;

/** What a touch was given, and what reversals leave of it. */
export const netShareMinor = ({ shareMinor, reversedMinor }: CreditedTouch): number => shareMinor - reversedMinor;

/** Whether somebody has a part of what these share. */
export const credits = (touches: readonly CreditedTouch[], creatorId: string): boolean =>
  touches.some((touch) => touch.creatorId === creatorId && touch.percent > 0);
