/**
 * The index that brands find creators in. Each creator is in it under every combination of a category, a country, a platform and a
 * size of account that they have, or "any" of it; within one, by what they are worth under the house's weights. What no campaign
 * changes is in the order itself, so the best of a million are at its beginning.
 */
import type { Brief } from "./brief.ts";
import type { CardAccount, CardContent } from "./card.ts";
import { asksMore } from "./filters.ts";
import { judgedBy, mainAccount } from "./judge.ts";
import { standingOf } from "./standing.ts";
import { ANY, tierOf } from "./tiers.ts";
import { stepsOf } from "./values.ts";
import type { Worth } from "./worth.ts";

/** Which list of the index; several may have to be merged. */
export interface Lane {
  readonly category: string;
  readonly country: string;
  readonly platform: string;
  readonly tier: number | typeof ANY;
}

export interface IndexEntry extends Lane, Omit<Worth, keyof Lane> {
  readonly creatorId: string;
  readonly home: string | null;
  /** Where their price begins. */
  readonly price: PriceFrom | null;
}

type PriceFrom = Pick<NonNullable<CardContent["price"]>, "currency" | "min">;

export const worthsOf = (card: CardContent): Worth[] => [
  { platform: ANY, ...worthOf(card, mainAccount(card)) },
  ...card.accounts.map((account) => ({ platform: account.platform, ...worthOf(card, account) })),
];

function worthOf(card: CardContent, account: CardAccount | undefined): Omit<Worth, "platform"> {
  const followers = account?.followerCount ?? null;
  const steps = stepsOf(judgedBy(card, account));
  return {
    tier: tierOf(followers),
    standing: standingOf(steps),
    steps,
    followersFrom: followers === null ? null : roundedDown(followers),
  };
}

/** A card and what its accounts are worth. */
export interface Indexed extends Pick<CardContent, "userId" | "categories" | "country" | "price"> {
  readonly worths: readonly Worth[];
}

export function entriesOf({ userId, categories, country, price, worths }: Indexed): readonly IndexEntry[] {
  const known = { creatorId: userId, home: country, price: price && { currency: price.currency, min: price.min } };
  return [ANY, ...categories].flatMap((category) =>
    [ANY, ...(country === null ? [] : [country])].flatMap((place) =>
      worths.flatMap((worth) => {
        const entry = { ...worth, ...known, category, country: place };
        return [{ ...entry, tier: ANY } as const, entry];
      }),
    ),
  );
}

const unitOf = (followers: number): number => 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, followers))) - 1);
const roundedDown = (followers: number): number => Math.floor(followers / unitOf(followers)) * unitOf(followers);

/** What the index knows of a campaign's filters; the rest is asked of whoever is proposed. */
export const mayFit = ({ countries, minFollowers, offer }: Brief, { home, price, ...entry }: IndexEntry): boolean =>
  (countries.length === 0 || countries.includes(home ?? "")) &&
  mayBeWithin(entry, { minFollowers }) &&
  !asksMore(price, offer);

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
