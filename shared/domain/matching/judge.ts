/** A creator as one of their accounts shows them. */
import type { CardAccount, CardContent } from "./card.ts";
import { type FollowerRange, isInRange } from "./tiers.ts";
import { standingOf } from "./standing.ts";
import { type Judged, stepsOf } from "./values.ts";
import type { Weights } from "./weights.ts";

/** @param account none where nothing of theirs is connected: then all that an account would say is unknown */
export const judgedBy = ({ results, categories }: CardContent, account: CardAccount | undefined): Judged => ({
  followers: account?.followerCount ?? null,
  engagementRate: account?.engagementRate ?? null,
  postsRated: account?.postsRated ?? 0,
  owed: results.owed,
  onTime: results.onTime,
  decided: results.decided,
  approved: results.approved,
  countedCampaigns: results.countedCampaigns,
  clickRates: results.clickRates,
  categories: categories.length,
});

/** The account that somebody is best known by: the one with most followers. */
export const mainAccount = ({ accounts }: CardContent): CardAccount | undefined =>
  best(accounts, ({ followerCount }) => followerCount ?? -1);

/** The account that speaks most for them under these weights, of those within the range where there are any. */
export function strongestAccount(
  card: CardContent,
  accounts: readonly CardAccount[],
  range: FollowerRange,
  weights: Weights,
): CardAccount | undefined {
  const fitting = accounts.filter(({ followerCount }) => isInRange(range, followerCount));
  return best(fitting.length > 0 ? fitting : accounts, (one) => standingOf(stepsOf(judgedBy(card, one)), weights));
}

/** Of several that are equal, the first. */
const best = <T>(all: readonly T[], worth: (one: T) => number): T | undefined =>
  all.reduce<T | undefined>(
    (found, one) => (found === undefined || worth(one) > worth(found) ? one : found),
    undefined,
  );
