/**
 * The index that brands find creators in. Each creator is in it under every combination of a category, a country and a platform
 * that they have, or "any" of it; within one, by the size of the account and then by what they are worth under the house's
 * weights. What no campaign changes is in the order itself, so the best of a million are at its beginning.
 */
import type { CardAccount, CardContent } from "./card.ts";
import { judgedBy, mainAccount } from "./judge.ts";
import { standingOf } from "./standing.ts";
import { tierOf } from "./tiers.ts";
import { type Steps, stepsOf } from "./values.ts";

export const ANY = "any";

/** Which list of the index; several tiers of one are merged. */
export interface Lane {
  readonly category: string;
  readonly country: string;
  readonly platform: string;
  readonly tier: number;
}

export interface IndexEntry extends Lane {
  /** Under the house's weights. */
  readonly standing: number;
  readonly creatorId: string;
  readonly steps: Steps;
  /** The account's followers to two digits, rounded down, so that an entry is not written anew with each of them. */
  readonly followersFrom: number | null;
  readonly home: string | null;
}

/** The account under `any` platform is the main one. */
export function entriesOf(card: CardContent): readonly IndexEntry[] {
  const places: readonly { readonly platform: string; readonly account: CardAccount | undefined }[] = [
    { platform: ANY, account: mainAccount(card) },
    ...card.accounts.map((account) => ({ platform: account.platform, account })),
  ];
  return places.flatMap(({ platform, account }) => {
    const judged = judgedOf(card, account);
    return [ANY, ...card.categories].flatMap((category) =>
      [ANY, ...(card.country === null ? [] : [card.country])].map((country) => ({
        category,
        country,
        platform,
        ...judged,
      })),
    );
  });
}

function judgedOf(card: CardContent, account: CardAccount | undefined) {
  const followers = account?.followerCount ?? null;
  const steps = stepsOf(judgedBy(card, account));
  return {
    tier: tierOf(followers),
    standing: standingOf(steps),
    creatorId: card.userId,
    steps,
    followersFrom: followers === null ? null : roundedDown(followers),
    home: card.country,
  };
}

const unitOf = (followers: number): number => 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, followers))) - 1);
const roundedDown = (followers: number): number => Math.floor(followers / unitOf(followers)) * unitOf(followers);

/** Whether an entry's account may have a number of followers in a range: what is out of it for certain need not be read. */
export const mayBeWithin = (
  { followersFrom: from }: Pick<IndexEntry, "followersFrom">,
  {
    minFollowers = 0,
    maxFollowers = Infinity,
  }: { readonly minFollowers?: number | undefined; readonly maxFollowers?: number | undefined },
): boolean =>
  from === null
    ? minFollowers === 0 && maxFollowers === Infinity
    : from <= maxFollowers && from + unitOf(from) > minFollowers;
