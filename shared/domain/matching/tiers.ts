/** Sizes of accounts by followers, as the field has them; each is a partition of the index. */
import { reachStep, STEPS } from "./values.ts";

/** In a place of the index, for whatever it may be. */
export const ANY = "any";

/** From how many followers each begins. Who has an unknown number is in the first. */
const TIERS = [0, 10_000, 100_000, 1_000_000] as const;

export const tierOf = (followers: number | null): number =>
  TIERS.reduce<number>((found, from, tier) => ((followers ?? 0) >= from ? tier : found), 0);

/** Followers of an account, as a filter wants them; both ends included. */
export interface FollowerRange {
  readonly minFollowers?: number | undefined;
  readonly maxFollowers?: number | undefined;
}

/** The tiers that have everybody in a range, the largest first. */
export const tiersWithin = ({ minFollowers = 0, maxFollowers = Infinity }: FollowerRange): readonly number[] =>
  TIERS.flatMap((from, tier) =>
    from <= maxFollowers && (TIERS[tier + 1] ?? Infinity) > minFollowers ? [tier] : [],
  ).reverse();

/** Most that the reach of anybody in a tier is worth: its last account's, or that of an unknown one. */
export const reachBound = (tier: number | typeof ANY): number => {
  if (tier === ANY) return STEPS;
  const next = TIERS[tier + 1];
  return Math.max(reachStep(next ?? Infinity), tier === 0 ? reachStep(null) : 0);
};

/** A figure that nobody asks about is in every range; one that is not known is in none that has a beginning. */
export const isInRange = (
  { minFollowers = 0, maxFollowers = Infinity }: FollowerRange,
  followers: number | null,
): boolean =>
  followers === null
    ? minFollowers === 0 && maxFollowers === Infinity
    : followers >= minFollowers && followers <= maxFollowers;
