/** What networks say of accounts and posts, of which no more is believed than fits. */
import * as z from "zod";

/** A count, as a number or in digits; null where it is left out. */
export const Count = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(0).max(1e12))
  .nullish()
  .transform((count) => count ?? null);

const LONGEST_NAME = 200;
export const ExternalId = z.string().min(1).max(200);
/** A name that its owner chose. */
export const Name = z
  .string()
  .min(1)
  .transform((name) => name.slice(0, LONGEST_NAME));
export const OptionalName = z
  .string()
  .nullish()
  .transform((name) => name?.slice(0, LONGEST_NAME) || null);

/** An address that a page may show, or none. */
export const Address = z
  .string()
  .nullish()
  .transform((text) => (text && text.length <= 2_048 && isWeb(text) ? text : null));

const isWeb = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
