import type { Entities } from "#shared/domain/entities";
import type { Brief } from "#shared/domain/matching/brief";
import type { CardAccount, CardContent } from "#shared/domain/matching/card";
import { noResults, type PastResult } from "#shared/domain/matching/past-result";
import type { Judged } from "#shared/domain/matching/values";
import { defaultWeights } from "#shared/domain/matching/weights";
import { BRAND_ID, CAMPAIGN_ID, CREATOR_ID } from "./builders.ts";

const at = "2026-11-01T00:00:00.000Z";

export const aCardAccount = (given: Partial<CardAccount> = {}): CardAccount => ({
  platform: "instagram",
  followerCount: 25_000,
  engagementRate: 0.034,
  postsRated: 20,
  asOf: at,
  flags: [],
  ...given,
});

export const aCardContent = (given: Partial<CardContent> = {}): CardContent => ({
  userId: CREATOR_ID,
  categories: ["fashion"],
  languages: ["en"],
  country: "US",
  price: null,
  accounts: [aCardAccount()],
  results: noResults,
  ...given,
});

export const aCreatorCard = (given: Partial<Entities["creatorCard"]> = {}): Entities["creatorCard"] => ({
  ...aCardContent(),
  worths: [],
  version: 1,
  updatedAt: at,
  ...given,
});

export const aPastResult = (given: Partial<PastResult> = {}): PastResult => ({
  creatorId: CREATOR_ID,
  campaignId: CAMPAIGN_ID,
  owed: 2,
  onTime: 2,
  decided: 2,
  approved: 2,
  piecesAt: at,
  clicks: null,
  version: 1,
  updatedAt: at,
  ...given,
});

/** Of a creator of whom nobody knows anything. */
export const nothing: Judged = {
  followers: null,
  engagementRate: null,
  postsRated: 0,
  owed: 0,
  onTime: 0,
  decided: 0,
  approved: 0,
  clickFollowers: 0,
  visitors: 0,
  categories: 1,
};

export const aMatchBrief = (given: Partial<Brief> = {}): Brief => ({
  campaignId: CAMPAIGN_ID,
  brandId: BRAND_ID,
  category: "fashion",
  countries: [],
  platforms: ["instagram"],
  minFollowers: 0,
  offer: { amount: 10_000, currency: "USD" },
  weights: defaultWeights,
  ...given,
});

/** Of each entity of this area; see things.ts. */
export const matchingThings = {
  creatorCard: [
    aCreatorCard(),
    aCreatorCard({ price: { currency: "USD", min: 650, max: 900 }, priceFrom: { currency: "USD", min: 500 } }),
  ],
  indexRebuild: [
    { turn: 1, after: null, version: 1 },
    { turn: 3, after: { id: "somebody" }, isToBeginAnew: true, version: 3 },
  ],
  pastResult: [aPastResult(), aPastResult({ clicks: { count: 3, fullestDay: 2, followers: 100, countedAt: at } })],
} as const satisfies Partial<Readonly<Record<keyof Entities, readonly object[]>>>;
