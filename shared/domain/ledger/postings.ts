/** Entries by the wallets and budgets that they move. */
import type { Currency } from "../kernel/money.ts";
import { dayOf, type Instant } from "../kernel/time.ts";
import { campaignAccounts, type LedgerAccount, onNormalSide, walletAccounts } from "./account.ts";
import type { JournalEntry, Line } from "./journal-entry.ts";

/** Something with a balance item: a person's wallet, or a campaign's budget. */
export interface Holder {
  /** `wallet:<user>` or `campaign:<campaign>`. */
  readonly name: string;
  readonly of: "wallet" | "campaign";
  /** The user's, or the campaign's. */
  readonly id: string;
}

/** What entries did to one holder. */
export interface Posting {
  readonly holder: Holder;
  readonly currency: Currency;
  /** Minor units by account, each on its normal side. */
  readonly figures: Readonly<Record<string, number>>;
  /** The commits that touched it, and when each was decided, in that order; of those that were found whole. */
  readonly commits: ReadonlyMap<string, Instant>;
  /** Of some commit a part is missing. */
  readonly inPart: boolean;
}

export const walletHolder = (userId: string): Holder => ({ name: `wallet:${userId}`, of: "wallet", id: userId });
export const campaignHolder = (campaignId: string): Holder => ({
  name: `campaign:${campaignId}`,
  of: "campaign",
  id: campaignId,
});

/** Of whom an account is; nobody's, when it is the house's. */
export function holderOf(account: LedgerAccount): Holder | undefined {
  if (account.of === "wallet") return walletHolder(account.userId);
  return account.of === "campaign" ? campaignHolder(account.campaignId) : undefined;
}

/** The accounts that a holder has. */
export const accountsOf = ({ of }: Holder): readonly string[] =>
  Object.keys(of === "wallet" ? walletAccounts : campaignAccounts);

/** Commits of which every entry is here. */
export function wholeCommits(entries: readonly JournalEntry[]): ReadonlySet<string> {
  const missing = new Map<string, number>();
  for (const { commitId, companions = 0 } of entries)
    missing.set(commitId, (missing.get(commitId) ?? companions + 1) - 1);
  return new Set([...missing].flatMap(([commitId, left]) => (left === 0 ? [commitId] : [])));
}

/**
 * By the holder's name.
 *
 * @param since day after which a holder's entries count, by its name; all of them, where it is missing
 * @param whole commits that were found whole
 */
export function postingsOf(
  entries: readonly JournalEntry[],
  since: (holder: string) => string | undefined,
  whole = wholeCommits(entries),
): ReadonlyMap<string, Posting> {
  const growing = new Map<string, Growing>();
  for (const entry of entries) {
    for (const line of entry.lines) {
      const holder = holderOf(line.account);
      if (holder === undefined || dayOf(entry.postedAt) <= (since(holder.name) ?? "")) continue;
      const posting = growing.get(holder.name) ?? startOf(holder, entry);
      growing.set(holder.name, posting);
      grow(posting, entry, line, whole.has(entry.commitId));
    }
  }
  return new Map(
    [...growing].map(([name, { commitsAt, ...posting }]) => [name, { ...posting, commits: inOrder(commitsAt) }]),
  );
}

/** A posting that lines are added to. */
interface Growing {
  readonly holder: Holder;
  readonly currency: Currency;
  readonly figures: Record<string, number>;
  /** Commits, and when they were decided. */
  readonly commitsAt: Map<string, Instant>;
  inPart: boolean;
}

const startOf = (holder: Holder, { currency }: JournalEntry): Growing => ({
  holder,
  currency,
  figures: {},
  commitsAt: new Map(),
  inPart: false,
});

function grow(posting: Growing, entry: JournalEntry, { account, amount }: Line, isWhole: boolean): void {
  posting.figures[account.account] = (posting.figures[account.account] ?? 0) + onNormalSide(account, amount);
  if (isWhole) posting.commitsAt.set(entry.commitId, entry.postedAt);
  else posting.inPart = true;
}

const inOrder = (commitsAt: ReadonlyMap<string, Instant>): ReadonlyMap<string, Instant> =>
  new Map([...commitsAt].sort(([a, at], [b, bt]) => (`${at} ${a}` < `${bt} ${b}` ? -1 : 1)));

/** What entries move, each once, by name. */
export const holdersIn = (entries: readonly JournalEntry[]): ReadonlyMap<string, Holder> =>
  new Map(
    entries.flatMap(({ lines }) =>
      lines.flatMap(({ account }) => {
        const holder = holderOf(account);
        return holder ? [[holder.name, holder] as const] : [];
      }),
    ),
  );
