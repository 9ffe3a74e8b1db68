/**
 * The index that brands find creators in. Each creator is in it under every combination of a category, a country, a platform and a
 * size of account that they have, or "any" of it; within one, by what they are worth under the house's weights. What no campaign
 * changes is in the order itself, so the best of a million are at its beginning.
 */
import type { Brief } from "./brief.ts";
import type { CardAccount, CardContent, CreatorCard } from "./card.ts";
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
  /** Where their price begins, or below that. */
  readonly price: PriceFrom | null;
}

type PriceFrom = NonNullable<CreatorCard["priceFrom"]>;

const PRICE_STEPS = [7, 5, 3, 2, 1.5, 1];

/** Rounded down to a step, so that a price that moves a little moves no place. */
function priceFromOf({ price }: Pick<CardContent, "price">): { readonly priceFrom?: PriceFrom } {
  if (price === null) return {};
  const unit = 10 ** Math.max(0, String(price.min).length - 1);
  const step = PRICE_STEPS.find((one) => one * unit <= price.min) ?? 0;
  return { priceFrom: { currency: price.currency, min: step * unit } };
}

const worthsOf = (card: CardContent): Worth[] => [
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
export interface Indexed extends Pick<CreatorCard, "userId" | "categories" | "country" | "price" | "priceFrom"> {
  readonly worths: readonly Worth[];
}

/** A card with what its places are made of. */
export const asIndexed = (card: CardContent): CardContent & Indexed => ({
  ...card,
  worths: worthsOf(card),
  ...priceFromOf(card),
});

export function entriesOf({ userId, categories, country, worths, ...asked }: Indexed): readonly IndexEntry[] {
  const price = asked.priceFrom ?? (asked.price && { currency: asked.price.currency, min: asked.price.min });
  const known = { creatorId: userId, home: country, price };
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
