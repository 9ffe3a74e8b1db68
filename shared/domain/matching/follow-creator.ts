/** The index follows what is known of a creator now, whatever event said that it changed. */
import { isDeepStrictEqual } from "node:util";
import { type Change, changed, created, type EntityChange, removed } from "../change.ts";
import { OwnError } from "../kernel/own-error.ts";
import { dayOf, type Instant } from "../kernel/time.ts";
import { flaggedHistory } from "../social/audience-evidence.ts";
import { standingFlags } from "../social/audience-flags.ts";
import { daysShown } from "../social/days.ts";
import type { SocialAccount, SocialDay, SocialFigures } from "../social/social-account.ts";
import type { Account } from "../users/account.ts";
import { type CardAccount, type CardContent, cardOf, type CreatorCard, isShown } from "./card.ts";
import { asIndexed, entriesOf, type Indexed, type IndexEntry } from "./index-entry.ts";
import { mainAccount } from "./judge.ts";
import { type PastResult, sumOf } from "./past-result.ts";
import { ANY } from "./tiers.ts";

/** What holds of a creator. */
export interface CreatorFacts {
  readonly account: Account | undefined;
  readonly socialAccounts: readonly SocialAccount[];
  /** Of late, by network and day. */
  readonly socialDays: readonly SocialDay[];
  readonly results: readonly PastResult[];
}

/** Their card as it should be; none for who is not shown. */
export const rightCard = ({ account, socialAccounts, socialDays, results }: CreatorFacts): CardContent | undefined =>
  account !== undefined && isShown(account)
    ? cardOf(
        account,
        socialAccounts.map((one) => cardAccountOf(one, socialDays)),
        sumOf(results),
      )
    : undefined;

/** @param days of the whole person, in order */
const cardAccountOf = (account: SocialAccount, days: readonly SocialDay[]): CardAccount => {
  const { platform, figures, lastSyncedAt } = account;
  const own = daysShown([account], days);
  return {
    ...figuresOf(figures),
    platform,
    flags: [...standingFlags(platform, flaggedHistory(account, own))],
    asOf: midnightOf(lastSyncedAt),
  };
};

const figuresOf = ({ followerCount, engagementRate, postsRated }: SocialFigures) => ({
  followerCount,
  engagementRate,
  postsRated,
});
const midnightOf = (at: Instant): Instant => new Date(dayOf(at)).toISOString();

/** Writes of the index in one commit, which DynamoDB bounds to a hundred items with the card itself. */
const MOST_WRITES = 90;

/** What of a card makes its places in the index. */
type Content = CardContent & Indexed;

/** Entries that are made or rewritten, and entries that go, with a change of their card. */
function movedEntries(was: Content | undefined, next: Content | undefined) {
  const [before, after] = [placed(was), placed(next)];
  return {
    made: [...after].filter(([name, entry]) => !isSame(before.get(name), entry)).map(([, entry]) => entry),
    gone: [...before].filter(([name]) => !after.has(name)).map(([, entry]) => entry),
  };
}

/** By their place, which their key is made of. */
const placed = (content: Content | undefined): ReadonlyMap<string, IndexEntry> =>
  new Map(
    (content ? entriesOf(content) : []).map((entry) => {
      const { category, country, platform, tier, standing } = entry;
      return [[category, country, platform, tier, standing].join("#"), entry];
    }),
  );

const isSame = (one: object | undefined, other: object): boolean => isDeepStrictEqual(one, other);

/**
 * The changes that bring a card to what it should be, each a commit, in order; none where it is right. The card and its entries
 * are one write, so they never disagree; who has so many entries that one commit cannot hold them all goes by way of fewer
 * accounts and categories.
 */
export function* stepsTo(stored: CreatorCard | undefined, facts: CreatorFacts, now: Instant): Generator<Change> {
  const content = rightCard(facts);
  const right = content && asIndexed(content);
  for (let card = stored; !isRight(card, right);) {
    const was = card && contentOf(card);
    const next = nextContent(was, right);
    const step = writing(card, next, now);
    yield { entities: [step], index: movedEntries(was, next) };
    card = step.next as CreatorCard | undefined;
  }
}

const contentOf = ({ version: _version, updatedAt: _at, ...content }: CreatorCard): Content => content;
const isRight = (card: CreatorCard | undefined, right: Content | undefined): boolean =>
  card === undefined || right === undefined ? card === right : isSame(contentOf(card), right);

function nextContent(was: Content | undefined, right: Content | undefined): Content | undefined {
  const writesTo = (next: Content | undefined): number => {
    const { made, gone } = movedEntries(was, next);
    return made.length + gone.length;
  };
  if (writesTo(right) <= MOST_WRITES) return right;
  // As much of what is right as fits; of what was there, as little as can be left.
  const ways = [...partsOf(right).reverse(), ...partsOf(was)];
  const way = ways.find((one) => writesTo(one) > 0 && writesTo(one) <= MOST_WRITES);
  if (way === undefined) throw new OwnError("no part of a creator's places fits into one commit");
  return way;
}

/** With fewer accounts, but with the main one, or fewer categories; by how many entries that makes. What they are worth is as of all. */
function partsOf(content: Content | undefined): Content[] {
  if (content === undefined) return [];
  const main = mainAccount(content);
  const accounts = main ? [main, ...content.accounts.filter((account) => account !== main)] : [];
  const parts = Array.from({ length: accounts.length + 1 }, (_, some) => accounts.slice(0, some)).flatMap((kept) =>
    Array.from({ length: content.categories.length + 1 }, (_, some) => partOf(content, kept, some)),
  );
  return parts.sort((one, other) => extentOf(one) - extentOf(other));
}

/** How many entries a part makes, by that of others of the same card. */
const extentOf = ({ categories, worths }: Content): number => (1 + categories.length) * worths.length;

function partOf(content: Content, accounts: readonly CardAccount[], categories: number): Content {
  const platforms: readonly string[] = [ANY, ...accounts.map(({ platform }) => platform)];
  return {
    ...content,
    accounts: content.accounts.filter((account) => accounts.includes(account)),
    categories: content.categories.slice(0, categories),
    worths: content.worths.filter(({ platform }) => platforms.includes(platform)),
  };
}

function writing(card: CreatorCard | undefined, next: Content | undefined, now: Instant): EntityChange {
  if (next === undefined) return removed("creatorCard", card as CreatorCard);
  const content = { ...next, worths: [...next.worths], updatedAt: now };
  return card === undefined ? created("creatorCard", content) : changed("creatorCard", card, content);
}
