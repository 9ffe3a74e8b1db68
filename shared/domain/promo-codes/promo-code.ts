import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** A promo code as it is spelled: letters, digits and single hyphens between them, as Stripe's promotion codes are. */
const SPELLING = /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/;
/** However it is typed, it is read in capitals: customers' case is nobody's. */
export const PromoCodeText = z
  .string()
  .trim()
  .min(3)
  .max(32)
  .regex(SPELLING, "must be letters and digits, with single hyphens between them")
  // After the check: the capitals of some that are no letters of ours are ("ß", "ı").
  .toUpperCase();

/** A code that a creator gives their audience; the brand's shop says which orders used it. */
export const PromoCode = z.object({
  /** In capitals. */
  code: z.string(),
  /** Of the code. No two codes of a brand's have the same, for ever. */
  skeleton: z.string(),
  brandId: UserId,
  campaignId: idOf("campaign"),
  creatorId: UserId,
  /** From this instant on it credits nobody. */
  endedAt: Instant.nullable(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type PromoCode = z.infer<typeof PromoCode>;

/** What a brand says to make one. */
export const NewPromoCode = z.strictObject({ code: PromoCodeText, creatorId: UserId });
export type NewPromoCode = z.infer<typeof NewPromoCode>;

/** The code that a text may be, in capitals; none where it can be none. */
export const promoCodeIn = (text: string): string | undefined => PromoCodeText.safeParse(text).data;
