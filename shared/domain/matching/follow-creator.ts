/** The index follows what is known of a creator now, whatever event said that it changed. */
import { isDeepStrictEqual } from "node:util";
import { type Change, changed, created, type EntityChange, removed } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import type { SocialAccount } from "../social/social-account.ts";
import type { Account } from "../users/account.ts";
import { cardAccountOf, type CardContent, cardOf, type CreatorCard, isShown } from "./card.ts";
import { entriesOf, type IndexEntry } from "./index-entry.ts";
import { mainAccount } from "./judge.ts";
import { type PastResult, sumOf } from "./past-result.ts";

/** What holds of a creator. */
export interface CreatorFacts {
  readonly account: Account | undefined;
  readonly socialAccounts: readonly SocialAccount[];
  readonly results: readonly PastResult[];
}

/** Their card as it should be; none for who is not shown. */
export const rightCard = ({ account, socialAccounts, results }: CreatorFacts): CardContent | undefined =>
  account !== undefined && isShown(account)
    ? cardOf(account, socialAccounts.map(cardAccountOf), sumOf(results))
    : undefined;

/** Writes of the index in one commit, which DynamoDB bounds to a hundred items with the card itself. */
const MOST_WRITES = 90;

/** Entries that are made or rewritten, and entries that go, with a change of their card. */
function movedEntries(was: CardContent | undefined, next: CardContent | undefined) {
  const [before, after] = [placed(was), placed(next)];
  return {
    made: [...after].filter(([name, entry]) => !isSame(before.get(name), entry)).map(([, entry]) => entry),
    gone: [...before].filter(([name]) => !after.has(name)).map(([, entry]) => entry),
  };
}

/** By their place, which their key is made of. */
const placed = (card: CardContent | undefined): ReadonlyMap<string, IndexEntry> =>
  new Map(
    (card ? entriesOf(card) : []).map((entry) => {
      const { category, country, platform, tier, standing } = entry;
      return [[category, country, platform, tier, standing].join("#"), entry];
    }),
  );

const isSame = (one: object | undefined, other: object): boolean => isDeepStrictEqual(one, other);

/**
 * The changes that bring a card to what it should be, each a commit, in order; none where it is right. The card and its entries
 * are one write, so they never disagree; who has so many entries that one commit cannot hold them all goes by way of fewer
 * accounts.
 */
export function* stepsTo(stored: CreatorCard | undefined, facts: CreatorFacts, now: Instant): Generator<Change> {
  const right = rightCard(facts);
  for (let card = stored; !isRight(card, right);) {
    const next = nextContent(card, right);
    const step = writing(card, next, now);
    yield { entities: [step], index: movedEntries(card && contentOf(card), next) };
    card = step.next as CreatorCard | undefined;
  }
}

const contentOf = ({ version: _version, updatedAt: _at, ...content }: CreatorCard): CardContent => content;
const isRight = (card: CreatorCard | undefined, right: CardContent | undefined): boolean =>
  card === undefined || right === undefined ? card === right : isSame(contentOf(card), right);

function nextContent(card: CreatorCard | undefined, right: CardContent | undefined): CardContent | undefined {
  const was = card && contentOf(card);
  const writesTo = (next: CardContent | undefined): number => {
    const { made, gone } = movedEntries(was, next);
    return made.length + gone.length;
  };
  if (writesTo(right) <= MOST_WRITES) return right;
  // As much of what is right as fits; of what was there, as little as can be left. An account is 22 places at most.
  const ways = [...withFewer(right).reverse(), ...withFewer(was)];
  return ways.find((way) => writesTo(way) > 0 && writesTo(way) <= MOST_WRITES) ?? right;
}

/** With no account but the main one, with one more, and so on, short of all. */
function withFewer(content: CardContent | undefined): CardContent[] {
  const main = content && mainAccount(content);
  if (content === undefined || main === undefined) return [];
  const others = content.accounts.filter((account) => account !== main);
  return others.map((_, more) => ({ ...content, accounts: [main, ...others.slice(0, more)] }));
}

function writing(card: CreatorCard | undefined, next: CardContent | undefined, now: Instant): EntityChange {
  if (next === undefined) return removed("creatorCard", card as CreatorCard);
  const content = { ...next, updatedAt: now };
  return card === undefined ? created("creatorCard", content) : changed("creatorCard", card, content);
}
