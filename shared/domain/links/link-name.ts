/** Names that brands choose: a prefix that is one brand's for ever, and slugs behind it. */
import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { skeletonOf } from "../kernel/skeleton.ts";
import { Instant } from "../kernel/time.ts";

/** What a brand's slugs begin with. Whatever case it is typed in, it is written small. */
export const PrefixText = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9]{2,15}$/, "must be 3 to 16 letters and digits, and begin with a letter")
  // After the check: what letters of other scripts become in small letters may be ours.
  .toLowerCase();

/** The part of a code that tells a brand's links apart; written small as well. */
export const SlugText = z
  .string()
  .trim()
  .min(2)
  .max(32)
  .regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, "must be letters and digits, with single hyphens between them")
  .toLowerCase();

export const NewLinkPrefix = z.strictObject({ prefix: PrefixText });
export type NewLinkPrefix = z.infer<typeof NewLinkPrefix>;

/** A brand's prefix: claimed once, or awarded. */
export const LinkPrefix = z.object({ brandId: UserId, prefix: z.string(), version: z.int(), claimedAt: Instant });
export type LinkPrefix = z.infer<typeof LinkPrefix>;

/** A name that is given, for ever: nothing else may look like it. Whose a prefix is, an admin may decide anew. */
export const LinkName = z.object({
  skeleton: z.string(),
  /** A prefix, or a code. */
  name: z.string(),
  brandId: UserId,
  version: z.int(),
  createdAt: Instant,
});
export type LinkName = z.infer<typeof LinkName>;

/** No two prefixes and no two codes have the same. The first hyphen parts prefix from slug, and stays. */
export function nameSkeletonOf(name: string): string {
  const [prefix = "", ...slug] = name.split("-");
  return [prefix, ...(slug.length > 0 ? [slug.join("-")] : [])].map(skeletonOf).join("-");
}

/** A link's code by its brand's prefix and a slug. No drawn code has a hyphen. */
export const codeOf = (prefix: string, slug: string): string => `${prefix}-${slug}`;

/** A name as it is kept from being given again. */
export const keptName = (name: string, brandId: string, now: Instant): Omit<LinkName, "version"> => ({
  skeleton: nameSkeletonOf(name),
  name,
  brandId,
  createdAt: now,
});
