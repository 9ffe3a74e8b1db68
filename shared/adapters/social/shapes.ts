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
/** Who is seen by nothing is told as this. */
const UNSEEN = "?";
const BREAKS = /[\t-\r\u2028\u2029]+/gu;
/**
 * What is not seen, and what turns the text around it: controls, halves of characters, marks of direction, blanks of no width.
 * Joiners and tags stay, which families, flags and some scripts are spelled with. Source: Unicode Standard Annex 9, 2.
 */
const UNSHOWN = /[\p{Cc}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const SEEN = /[^\p{C}\p{Z}\p{M}]/u;

/** A name as it can be stored, and shown among others; "" where nothing of it is seen. */
function shown(name: string): string {
  const told = [...name.replaceAll(BREAKS, " ").replaceAll(UNSHOWN, "")].slice(0, LONGEST_NAME).join("").trim();
  return SEEN.test(told) ? told : "";
}

/** As every network spells its ids. What is not written the same everywhere is a key of nothing. */
export const ExternalId = z.string().regex(/^[!-~]{1,200}$/);
/** A name that its owner chose. */
export const Name = z.string().transform((name) => shown(name) || UNSEEN);
export const OptionalName = z
  .string()
  .nullish()
  .transform((name) => (name && shown(name)) || null);

/** An address that a page may show, or none. */
export const Address = z
  .string()
  .nullish()
  .transform((text) => (text && text.length <= 2_048 && isWeb(text) ? text : null));

function isWeb(text: string): boolean {
  const { protocol, username } = URL.parse(text) ?? { protocol: "", username: "" };
  return /^https?:$/.test(protocol) && username === "";
}
