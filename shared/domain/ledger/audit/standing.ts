/**
 * How wallets and budgets stand in one look. One is judged when as many commits were found among its entries, and in its last
 * closing, as it counts, and the last that it names is among them: then everything that made it what it is was found.
 */
import { GRACE_MS } from "../../audit/seal.ts";
import type { Currency } from "../../kernel/money.ts";
import { type Instant, plusMilliseconds } from "../../kernel/time.ts";
import { type Closing, MOST_LAST_COMMITS } from "../closing/closing.ts";
import { normalSideOf, type LedgerAccount } from "../account.ts";
import {
  accountsOf,
  campaignHolder,
  type Holder,
  holdersIn,
  type Posting,
  postingsOf,
  walletHolder,
} from "../postings.ts";
import type { Books } from "./books.ts";

export interface Standing {
  readonly holder: Holder;
  readonly currency: Currency;
  /** As they are stored, by account. */
  readonly figures: Readonly<Record<string, number>>;
  /** As the closing and the entries since make them. */
  readonly expected: Readonly<Record<string, number>>;
  readonly commits: number;
  /** Commits that were found. */
  readonly found: number;
  readonly lastKnown: boolean;
  /** False while commits may be on their way into the index. */
  readonly judged: boolean;
}

interface Stored {
  readonly holder: Holder;
  readonly currency: Currency;
  readonly figures: Readonly<Record<string, number>>;
  readonly commits: number;
  readonly lastCommitId?: string | undefined;
  readonly updatedAt: Instant;
}

/** By the holder's name: everybody's who has an item. */
export function standingsOf(books: Books): ReadonlyMap<string, Standing> {
  const postings = postingsOf(books.entries, (name) => books.closings.get(name)?.day);
  return new Map(
    storedIn(books).map((stored) => {
      const { name } = stored.holder;
      return [name, standingOf(stored, books.asOf, books.closings.get(name), postings.get(name))];
    }),
  );
}

/** Holders that entries move and that have no item: whoever wrote the entries wrote past the balances. */
export const withoutItem = (books: Books, standings: ReadonlyMap<string, Standing>): readonly Holder[] =>
  [...holdersIn(books.entries).values()].filter(({ name }) => !standings.has(name));

const storedIn = ({ wallets, budgets }: Books): Stored[] => [
  ...wallets.map(({ userId, ...wallet }) => ({ ...of(walletHolder(userId), { ...wallet }), ...counts(wallet) })),
  ...budgets.map(({ campaignId, ...budget }) => ({
    ...of(campaignHolder(campaignId), { ...budget }),
    ...counts(budget),
  })),
];

const of = (holder: Holder, item: Readonly<Record<string, unknown>>) => ({
  holder,
  figures: Object.fromEntries(accountsOf(holder).map((account) => [account, Number(item[account])])),
});

const counts = ({ currency, commits, lastCommitId, updatedAt }: Omit<Stored, "holder" | "figures">) => ({
  currency,
  commits,
  lastCommitId,
  updatedAt,
});

const nothingClosed: Pick<Closing, "figures" | "commits" | "lastCommitIds"> = {
  figures: {},
  commits: 0,
  lastCommitIds: [],
};
const nothingPosted: Pick<Posting, "figures" | "commits" | "inPart"> = {
  figures: {},
  commits: new Map(),
  inPart: false,
};

function standingOf(stored: Stored, asOf: Instant, closing = nothingClosed, posting = nothingPosted): Standing {
  const { holder, currency, figures, commits, lastCommitId, updatedAt } = stored;
  const found = closing.commits + posting.commits.size;
  // A closing that keeps as many as it may has left some out, of which the last may be one.
  const isCut = closing.lastCommitIds.length >= MOST_LAST_COMMITS;
  const lastKnown = isCut || isAmong([...closing.lastCommitIds, ...posting.commits.keys()], lastCommitId);
  const complete = found === commits && lastKnown && !posting.inPart;
  // Entries that were found are of commits that it has counted, since it was read after them. And what it counted longer ago
  // than any index takes would have been found.
  const certain = found > commits || plusMilliseconds(updatedAt, GRACE_MS) < asOf;
  const expected = accountsOf(holder).map((account): [string, number] => [
    account,
    (closing.figures[account] ?? 0) + (posting.figures[account] ?? 0),
  ]);
  return {
    ...{ holder, currency, figures, commits, found, lastKnown },
    expected: Object.fromEntries(expected),
    judged: complete || certain,
  };
}

/** Who names no commit has none. */
const isAmong = (commits: readonly string[], last: string | undefined): boolean =>
  last === undefined ? commits.length === 0 : commits.includes(last);

/** What is stored for a holder beyond its lines, credits positive: nothing, where the books are right. */
export const driftOf = ({ holder, figures, expected }: Standing): number =>
  accountsOf(holder).reduce((sum, account) => {
    const excess = (figures[account] ?? 0) - (expected[account] ?? 0);
    return sum + (normalSideOf({ of: holder.of, account } as LedgerAccount) === "credit" ? excess : -excess);
  }, 0);
