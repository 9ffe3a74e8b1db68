import { type CardContent, isShown } from "./card.ts";
import { type CreatorFacts, rightCard } from "./follow-creator.ts";
import type { ResultSums } from "./past-result.ts";
import { found } from "../kernel/refusal.ts";
import type { Account } from "../users/account.ts";
import { userRefusals } from "../users/refusals.ts";

/** Of whoever is no creator, or is suspended, there is nothing to see. */
export const requireShown = (stored: Account | undefined): Account =>
  found(stored && isShown(stored) ? stored : undefined, userRefusals.creatorNotFound);

/** What is known of a creator who is shown. */
export const shownCreator = (facts: CreatorFacts): { readonly account: Account; readonly card: CardContent } => ({
  account: requireShown(facts.account),
  card: found(rightCard(facts), userRefusals.creatorNotFound),
});

/** What everybody who is signed in may know of a creator. */
export function publicProfile({ account, card }: { readonly account: Account; readonly card: CardContent }) {
  const { id, fullName, avatarUrl, bio, location, creator, createdAt } = account;
  return {
    id,
    fullName,
    avatarUrl,
    bio,
    location,
    ...(creator && { creator }),
    createdAt,
    social: card.accounts.map(({ flags: _flags, ...shown }) => shown),
    results: resultsOf(card.results),
  };
}

const rateOf = (sum: number, of: number): number | null => (of === 0 ? null : Math.round((sum / of) * 1e4) / 1e4);

const resultsOf = ({
  owed,
  onTime,
  decided,
  approved,
  countedCampaigns,
  visitors,
  clickFollowers,
  ...when
}: ResultSums) => ({
  onTimeRate: rateOf(onTime, owed),
  pieces: owed,
  approvalRate: rateOf(approved, decided),
  decided,
  clicksPerFollower: rateOf(visitors, clickFollowers),
  campaigns: countedCampaigns,
  asOf:
    [when.piecesAt, when.clicksAt]
      .filter((at) => at !== null)
      .sort()
      .at(-1) ?? null,
});
