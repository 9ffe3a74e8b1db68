/** A creator as one of their accounts shows them. */
import type { Brief } from "./brief.ts";
import type { CardAccount, CardContent } from "./card.ts";
import { accountsFor } from "./filters.ts";
import { MOST_STANDING, standingOf } from "./standing.ts";
import { isInRange } from "./tiers.ts";
import { type Judged, stepsOf } from "./values.ts";

/** @param account none where nothing of theirs is connected: then all that an account would say is unknown */
export const judgedBy = ({ results, categories }: CardContent, account: CardAccount | undefined): Judged => ({
  followers: account?.followerCount ?? null,
  engagementRate: account?.engagementRate ?? null,
  postsRated: account?.postsRated ?? 0,
  owed: results.owed,
  onTime: results.onTime,
  decided: results.decided,
  approved: results.approved,
  clickFollowers: results.clickFollowers,
  visitors: results.visitors,
  categories: categories.length,
});

/** The account that somebody is best known by: the one with most followers. */
export const mainAccount = ({ accounts }: CardContent): CardAccount | undefined =>
  best(accounts, ({ followerCount }) => followerCount ?? -1);

/** A creator by the account that speaks most for them for a campaign, of those that it could be made for with. */
export function judgedFor(brief: Brief, card: CardContent) {
  const account = strongestAccount(brief, card);
  const judged = judgedBy(card, account);
  return { account, judged, steps: stepsOf(judged) };
}

/** Of those within the range, where there are any; of two who say as much, the one that the house's weights put first. */
function strongestAccount(brief: Brief, card: CardContent): CardAccount | undefined {
  const accounts = accountsFor(brief, card);
  const fitting = accounts.filter(({ followerCount }) => isInRange(brief, followerCount));
  // A house's standing is below this, so that it decides between equals alone.
  const worth = (one: CardAccount): number => {
    const steps = stepsOf(judgedBy(card, one));
    return standingOf(steps, brief.weights) * (MOST_STANDING + 1) + standingOf(steps);
  };
  return best(fitting.length > 0 ? fitting : accounts, worth);
}

/** Of several that are equal, the first. */
const best = <T>(all: readonly T[], worth: (one: T) => number): T | undefined =>
  all.reduce<T | undefined>(
    (found, one) => (found === undefined || worth(one) > worth(found) ? one : found),
    undefined,
  );
