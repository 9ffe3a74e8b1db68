/**
 * Who is not proposed, and why. A filter is met or not and gives no points: what it looks at is no factor. What decides whether a
 * creator can take part at all is here; how well they would do is scored.
 */
import type { Invitation } from "../invitations/invitation.ts";
import { lapsed } from "../invitations/lifecycle.ts";
import { isUnsettled, type Participant } from "../invitations/participant.ts";
import { formatMoney, money } from "../kernel/money.ts";
import type { Instant } from "../kernel/time.ts";
import type { Brief } from "./brief.ts";
import type { CardAccount, CardContent } from "./card.ts";
import { isInRange } from "./tiers.ts";

/** What a filter saw. */
export interface Evidence {
  readonly wanted: string;
  readonly found: string;
  /** As of when, where it was not just now. */
  readonly asOf?: string | undefined;
}

export const filterNames = [
  "conflict_of_interest",
  "taking_part",
  "invited",
  "declined",
  "category",
  "country",
  "platforms",
  "min_followers",
  "price",
] as const;
export type FilterName = (typeof filterNames)[number];

export interface Exclusion {
  readonly filter: FilterName;
  readonly evidence: Evidence;
}

/** A creator, and what they have to do with the campaign already. */
export interface Candidate {
  readonly card: CardContent;
  readonly invitation: Invitation | undefined;
  readonly participant: Participant | undefined;
}

type Filter = (brief: Brief, candidate: Candidate) => Evidence | undefined;

/** The filter that leaves out whoever the condition is true of. */
const when =
  (
    isMet: (brief: Brief, candidate: Candidate) => boolean,
    evidence: (brief: Brief, candidate: Candidate) => Evidence,
  ): Filter =>
  (brief, candidate) =>
    isMet(brief, candidate) ? evidence(brief, candidate) : undefined;

const isWith =
  (status: Invitation["status"]) =>
  (_brief: Brief, { invitation }: Candidate): boolean =>
    invitation?.status === status;
const invitedAs = (_brief: Brief, { invitation }: Candidate): Evidence => ({
  wanted: "somebody who has no answer to give, and gave none",
  found: `an invitation that is ${invitation?.status ?? "none"}`,
  asOf: invitation?.respondedAt ?? invitation?.invitedAt,
});

const filters: Readonly<Record<FilterName, Filter>> = {
  conflict_of_interest: when(
    ({ brandId }, { card }) => card.userId === brandId,
    () => ({ wanted: "somebody else than the brand", found: "the brand itself" }),
  ),
  // Somebody who was removed may be asked again, once all that they owed is settled (`send-invitation.ts`).
  taking_part: when(
    (_brief, { participant }) =>
      participant !== undefined && (participant.status !== "inactive" || participant.units.some(isUnsettled)),
    (_brief, { participant }) => ({
      wanted: "somebody who takes no part yet",
      found: `a participant who is ${participant?.status ?? "none"}`,
      asOf: participant?.joinedAt,
    }),
  ),
  invited: when(isWith("pending"), invitedAs),
  declined: when(isWith("declined"), invitedAs),
  category: when(
    ({ category }, { card }) => !card.categories.includes(category),
    ({ category }, { card }) => ({ wanted: category, found: listed(card.categories) }),
  ),
  country: when(
    ({ countries }, { card }) => countries.length > 0 && !countries.includes(card.country ?? ""),
    ({ countries }, { card }) => ({ wanted: listed(countries), found: card.country ?? "not said" }),
  ),
  platforms: when(
    (brief, { card }) => accountsFor(brief, card).length === 0,
    ({ platforms }, { card }) => ({
      wanted: platforms.length > 0 ? `an account on ${listed(platforms)}` : "an account that is connected",
      found: listed(card.accounts.map(({ platform }) => platform)),
    }),
  ),
  min_followers: (brief, { card }) => tooFew(brief, accountsFor(brief, card)),
  price: when(
    ({ offer }, { card: { price } }) => asksMore(price, offer),
    ({ offer }, { card: { price } }) => ({
      wanted: offer === undefined ? "" : `at most ${formatMoney(offer)} a piece`,
      found: price === null ? "" : `from ${formatMoney(money(price.min, price.currency))}`,
    }),
  ),
};

/** Whether a price begins above an offer, as far as they compare. */
export const asksMore = (
  price: { readonly currency: string; readonly min: number } | null,
  offer: Brief["offer"],
): boolean => offer !== undefined && price?.currency === offer.currency && price.min > offer.amount;

function tooFew({ minFollowers }: Brief, accounts: readonly CardAccount[]): Evidence | undefined {
  const isMet = accounts.some(({ followerCount }) => isInRange({ minFollowers }, followerCount));
  const [first, ...others] = accounts;
  // Whoever has no account there is left out by that.
  if (isMet || first === undefined) return undefined;
  const largest = others.reduce(
    (one, other) => ((other.followerCount ?? -1) > (one.followerCount ?? -1) ? other : one),
    first,
  );
  const found =
    largest.followerCount === null ? "a number that the network does not tell" : String(largest.followerCount);
  return { wanted: `${minFollowers} followers or more`, found: `${found} on ${largest.platform}`, asOf: largest.asOf };
}

const listed = (names: readonly string[]): string => (names.length > 0 ? names.join(", ") : "none");

/** Accounts that the campaign could be made for with. */
export const accountsFor = ({ platforms }: Brief, { accounts }: CardContent): readonly CardAccount[] =>
  platforms.length === 0 ? accounts : accounts.filter(({ platform }) => platforms.includes(platform));

/** Everything that leaves somebody out; nothing where they are proposed. */
export function exclusionsOf(
  brief: Brief,
  { invitation, ...candidate }: Candidate,
  now: Instant,
): readonly Exclusion[] {
  const standing = { ...candidate, invitation: invitation && lapsed(invitation, now) };
  return filterNames.flatMap((filter) => {
    const evidence = filters[filter](brief, standing);
    return evidence === undefined ? [] : [{ filter, evidence }];
  });
}
