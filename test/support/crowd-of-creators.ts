/** Many creators, as they could be, from one seed; and a full sort of them, which the index is held to. */
import { Category } from "#shared/domain/campaigns/campaign";
import type { Brief } from "#shared/domain/matching/brief";
import type { CardContent } from "#shared/domain/matching/card";
import { exclusionsOf } from "#shared/domain/matching/filters";
import { byRank, rankOf } from "#shared/domain/matching/rank";
import { noResults } from "#shared/domain/matching/past-result";
import { defaultWeights, factorNames, type Weights } from "#shared/domain/matching/weights";
import { SocialPlatform } from "#shared/domain/social/platform";
import { CAMPAIGN_ID, BRAND_ID } from "./builders.ts";

const AT = "2026-11-01T00:00:00.000Z";
export const NOW = "2026-11-05T00:00:00.000Z";
const countries = ["US", "US", "US", "GB", "DE", "DE", "FR", "BR", "IN", "JP"] as const;

export const idOfCreator = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

const oneOf = <T>(chance: () => number, all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T;
/** About normal, by the sum of four draws. */
const normal = (chance: () => number): number => chance() + chance() + chance() + chance() - 2;

/** Followers about log-normal around 12,000, engagement falling with size; a third have a record. */
export function someCreator(number: number, chance: () => number): CardContent {
  const categories = new Set([oneOf(chance, Category.options), oneOf(chance, Category.options)]);
  const platforms = new Set([oneOf(chance, SocialPlatform.options), oneOf(chance, SocialPlatform.options)]);
  const owed = chance() < 0.33 ? 1 + Math.floor(chance() * 20) : 0;
  const onTime = Math.round(owed * (0.5 + chance() / 2));
  const approved = Math.round(owed * (0.6 + chance() * 0.4));
  const counted = owed > 5 ? 1 + Math.floor(chance() * 4) : 0;
  return {
    userId: idOfCreator(number),
    categories: Category.options.filter((one) => categories.has(one)),
    languages: ["en"],
    country: chance() < 0.05 ? null : oneOf(chance, countries),
    price: chance() < 0.4 ? { currency: "USD", min: Math.floor(chance() * 20_000), max: 50_000 } : null,
    accounts: [...platforms].sort().map((platform) => {
      const followers = Math.round(10 ** (4.1 + 1.2 * normal(chance)));
      const isRated = chance() < 0.9;
      return {
        platform,
        followerCount: chance() < 0.03 ? null : followers,
        engagementRate: isRated ? Math.max(0, 0.05 - 0.006 * Math.log10(followers + 1) + 0.02 * normal(chance)) : null,
        postsRated: isRated ? 5 + Math.floor(chance() * 20) : 0,
        asOf: AT,
        flags: [],
      };
    }),
    results: {
      ...noResults,
      owed,
      onTime,
      decided: owed,
      approved,
      countedCampaigns: counted,
      clickFollowers: counted * 20_000,
      visitors: Math.floor(counted * 20_000 * chance() * 0.02),
    },
  };
}

/** What a campaign could look for. */
export function someBrief(number: number, chance: () => number): Brief {
  const platforms = new Set(
    chance() < 0.8 ? [oneOf(chance, SocialPlatform.options), oneOf(chance, SocialPlatform.options)] : [],
  );
  return {
    campaignId: CAMPAIGN_ID.slice(0, -4) + String(number).padStart(4, "0"),
    brandId: BRAND_ID,
    category: oneOf(chance, Category.options),
    countries:
      chance() < 0.5
        ? []
        : [...new Set(Array.from({ length: 1 + Math.floor(chance() * 5) }, () => oneOf(chance, countries)))].sort(),
    platforms: [...platforms].sort(),
    minFollowers: chance() < 0.5 ? 0 : Math.round(10 ** (2 + chance() * 3.5)),
    offer: chance() < 0.5 ? undefined : { amount: 5_000 + Math.floor(chance() * 20_000), currency: "USD" },
    weights: chance() < 0.5 ? defaultWeights : someWeights(chance),
  };
}

function someWeights(chance: () => number): Weights {
  const cuts = [
    0,
    ...factorNames
      .slice(1)
      .map(() => Math.floor(chance() * 101))
      .sort((one, other) => one - other),
    100,
  ];
  return Object.fromEntries(factorNames.map((name, at) => [name, Number(cuts[at + 1]) - Number(cuts[at])])) as Weights;
}

/** Whom nothing leaves out. */
export const fits = (brief: Brief, card: CardContent): boolean =>
  exclusionsOf(brief, { card, invitation: undefined, participant: undefined }, NOW).length === 0;

/** The best of everybody, by looking at everybody. */
export const bestBySorting = (brief: Brief, cards: Iterable<CardContent>, count: number): readonly string[] =>
  [...cards]
    .filter((card) => fits(brief, card))
    .map((card) => ({ card, rank: rankOf(brief, card) }))
    .sort((one, other) => byRank(one.rank, other.rank))
    .slice(0, count)
    .map(({ card }) => card.userId);
