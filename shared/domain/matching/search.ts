/** Brands who look for creators by what they name. */
import * as z from "zod";
import { Category } from "../campaigns/campaign.ts";
import { Currency } from "../kernel/money.ts";
import { SocialPlatform } from "../social/platform.ts";
import { isLanguage } from "../users/languages.ts";
import { startsLike } from "../users/directory.ts";
import type { CardContent } from "./card.ts";
import { type IndexEntry, type Lane, mayBeWithin } from "./index-entry.ts";
import { mainAccount } from "./judge.ts";
import { ANY, isInRange, tiersWithin } from "./tiers.ts";

/** A whole number in a query. */
const Count = z
  .string()
  .regex(/^\d{1,10}$/, "must be a whole number")
  .transform(Number);

/** Everything that is given must hold. Followers are those of the account on the platform, or of the largest. */
export const CreatorFilter = z.strictObject({
  category: Category.optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "must be an ISO 3166-1 alpha-2 code")
    .optional(),
  platform: SocialPlatform.optional(),
  language: z.string().refine(isLanguage, "must be an ISO 639-1 code, like en").optional(),
  minFollowers: Count.optional(),
  maxFollowers: Count.optional(),
  /** Of what they ask for one piece, in `currency`: those whose band has any of it. */
  minPrice: Count.optional(),
  maxPrice: Count.optional(),
  currency: Currency.optional(),
  /** What a name begins with, in any case. */
  q: z.string().trim().min(1).max(100).optional(),
});
export type CreatorFilter = z.infer<typeof CreatorFilter>;

/** The lists of the index that have everybody who is looked for, each of them once. */
export const lanesOf = ({ category, country, platform, ...range }: CreatorFilter): readonly Lane[] =>
  (isInRange(range, null) ? ([ANY] as const) : tiersWithin(range)).map((tier) => ({
    category: category ?? ANY,
    country: country ?? ANY,
    platform: platform ?? ANY,
    tier,
  }));

/** Whether an entry of these lists may be of somebody who is looked for. */
export const mayBeFound = (filter: CreatorFilter, entry: IndexEntry): boolean => mayBeWithin(entry, filter);

/** Whether somebody is who was looked for. */
export const isFound = (filter: CreatorFilter, card: CardContent, fullName: string): boolean =>
  isNamed(filter, card, fullName) && isFollowed(filter, card) && isPriced(filter, card);

function isNamed({ category, country, language, q }: CreatorFilter, card: CardContent, fullName: string): boolean {
  const holds: readonly boolean[] = [
    category === undefined || card.categories.includes(category),
    country === undefined || card.country === country,
    language === undefined || card.languages.includes(language),
    q === undefined || startsLike(fullName, q),
  ];
  return holds.every(Boolean);
}

/** By the account on the platform, or by the largest. */
function isFollowed({ platform, ...range }: CreatorFilter, card: CardContent): boolean {
  const account = platform === undefined ? mainAccount(card) : card.accounts.find((one) => one.platform === platform);
  const isThere = platform === undefined || account !== undefined;
  return isThere && isInRange(range, account?.followerCount ?? null);
}

/** Prices of several currencies are not compared, since there is no rate: who names one is shown those of it. */
function isPriced({ minPrice, maxPrice, currency }: CreatorFilter, { price }: CardContent): boolean {
  const isAsked = [minPrice, maxPrice, currency].some((one) => one !== undefined);
  if (!isAsked || price === null) return !isAsked;
  const holds: readonly boolean[] = [
    currency === undefined || price.currency === currency,
    minPrice === undefined || price.max >= minPrice,
    maxPrice === undefined || price.min <= maxPrice,
  ];
  return holds.every(Boolean);
}
