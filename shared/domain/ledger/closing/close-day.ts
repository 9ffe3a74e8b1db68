/** How a day is closed: each account that moved is moved forward, then the day is written down. Every step may come again. */
import { createHash } from "node:crypto";
import { type Change, changed, created } from "../../change.ts";
import { CLOCKS_APART_MS, GRACE_MS, headOf, NO_HASH, type Seal, type SealHead } from "../../audit/seal.ts";
import { OwnError } from "../../kernel/own-error.ts";
import { dayOf, type Instant, plusDays, plusMilliseconds } from "../../kernel/time.ts";
import type { JournalEntry } from "../journal-entry.ts";
import { accountsOf, type Holder, holdersIn, type Posting, postingsOf, wholeCommits } from "../postings.ts";
import { type Balances, balancesIn, posted, type TrialBalance } from "../trial-balance.ts";
import { type Closing, type LedgerClose, MOST_LAST_COMMITS } from "./closing.ts";

/** What was posted from the last close until the end of a day, and the seals made since. */
export interface Period {
  readonly day: string;
  readonly last: LedgerClose | undefined;
  readonly entries: readonly (JournalEntry & { readonly storedKey: string })[];
  /** Per chain, in order: where it stood at the last close, and the seals after that. */
  readonly chains: readonly { readonly after?: SealHead | undefined; readonly seals: readonly Seal[] }[];
}

/** What there is of a day's close already. */
export interface Closed {
  readonly close: LedgerClose | undefined;
  readonly closings: readonly Closing[];
}

/** More that are not sealed means that sealing is late: the day is closed when it has caught up. */
const MOST_UNSEALED = 1_000;

/** The days that can be closed, longest ago first: a day is over for half an hour, when whatever was decided in it is written. */
export function daysToClose(last: LedgerClose | undefined, now: Instant): readonly string[] {
  const latest = dayOf(plusDays(plusMilliseconds(now, -GRACE_MS), -1));
  // The first close takes in everything before it.
  if (last === undefined) return [latest];
  const days: string[] = [];
  for (let day = dayAfter(last.day); day <= latest; day = dayAfter(day)) days.push(day);
  return days;
}

const startOf = (day: string): Instant => `${day}T00:00:00.000Z`;
export const dayAfter = (day: string): string => dayOf(plusDays(startOf(day), 1));

/** Somebody who moved in a period, with the entries that moved them. */
export interface Moved {
  readonly holder: Holder;
  readonly entries: readonly JournalEntry[];
  /** Of the whole period: commits of which nothing is missing. */
  readonly whole: ReadonlySet<string>;
}

export function movedIn({ entries }: Period): readonly Moved[] {
  const whole = wholeCommits(entries);
  const own = new Map<string, JournalEntry[]>();
  for (const entry of entries)
    for (const name of holdersIn([entry]).keys()) {
      const those = own.get(name) ?? [];
      own.set(name, those);
      those.push(entry);
    }
  return [...holdersIn(entries).values()].map((holder) => ({
    holder,
    entries: own.get(holder.name) ?? [],
    whole,
  }));
}

/** An account moved forward to the end of the day; nothing, when it is there already. */
export function closeAccount(
  was: Closing | undefined,
  { holder, entries, whole }: Moved,
  day: string,
): Change | undefined {
  // From where it stands, whatever the period is: a run that stopped half-way has moved it further than the last close.
  const moved = postingsOf(entries, () => was?.day, whole).get(holder.name);
  if (moved === undefined) return undefined;
  if (moved.inPart) throw new OwnError(`commits of ${holder.name} were found in part`);
  const figures = accountsOf(holder).map((account) => [
    account,
    (was?.figures[account] ?? 0) + (moved.figures[account] ?? 0),
  ]);
  const next = {
    account: holder.name,
    currency: moved.currency,
    figures: Object.fromEntries(figures) as Closing["figures"],
    commits: (was?.commits ?? 0) + moved.commits.size,
    lastCommitIds: lastCommitIdsOf(was, moved.commits),
    day,
  };
  return { entities: [was ? changed("closing", was, next) : created("closing", next)] };
}

/**
 * The commits of which one was written last. What was decided last was written after that, and whatever was written later still
 * was decided no longer before its writing than the grace: so it is one of those decided within the grace before the last.
 */
function lastCommitIdsOf(was: Closing | undefined, commits: Posting["commits"]): string[] {
  const lastAt = [...commits.values()].at(-1) ?? "";
  const from = plusMilliseconds(lastAt, -GRACE_MS);
  // When each of those was decided is not known any more, but for its day.
  const before = was !== undefined && from < startOf(dayAfter(was.day)) ? was.lastCommitIds : [];
  const since = [...commits].flatMap(([commitId, at]) => (at >= from ? [commitId] : []));
  return [...before, ...since].slice(-MOST_LAST_COMMITS);
}

/** The day is over, once every account that moved in it is there. @throws while one is not, or sealing is late. */
export function closeDay(period: Period, { close: before, closings }: Closed, now: Instant): Change | undefined {
  if (before !== undefined) return undefined;
  const { day, last, entries } = period;
  const there = new Set(closings.flatMap((closing) => (closing.day >= day ? [closing.account] : [])));
  const left = movedIn(period).filter(({ holder }) => !there.has(holder.name));
  if (left.length > 0) throw new OwnError(`${left.length} accounts were not moved forward to ${day}`);
  const opening = closedWith(last);
  const closing = posted(opening, entries);
  const close = created("ledgerClose", {
    day,
    currencies: [...closing]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, balances]) => ({
        currency,
        opening: balancesIn(opening, currency),
        closing: balances,
      })),
    entries: entries.length,
    commits: wholeCommits(entries).size,
    heads: headsBefore(period, plusMilliseconds(startOf(dayAfter(day)), -CLOCKS_APART_MS)),
    chainHead: chainHeadOf(period.chains.flatMap(({ after, seals }) => lastOf(seals) ?? after ?? [])),
    unsealed: unsealedOf(period),
    closedAt: now,
  });
  return { entities: [close] };
}

/** The trial balance that a close leaves. */
export const closedWith = (close: LedgerClose | undefined): TrialBalance =>
  new Map((close?.currencies ?? []).map(({ currency, closing }): [typeof currency, Balances] => [currency, closing]));

/** One hash over where the chains of seals end, in their order. */
export const chainHeadOf = (heads: readonly SealHead[]): string =>
  createHash("sha256")
    .update(
      [...heads]
        .sort((a, b) => a.chain - b.chain)
        .map(({ hash }) => hash)
        .join(NO_HASH),
    )
    .digest("hex");

const lastOf = (seals: readonly Seal[]): SealHead | undefined => {
  const last = seals.at(-1);
  return last && headOf(last);
};

/** Per chain the last seal that was made before the next day began: it holds nothing of that day. */
const headsBefore = ({ chains }: Period, end: Instant): SealHead[] =>
  chains.flatMap(({ after, seals }) => lastOf(seals.filter(({ sealedAt }) => sealedAt < end)) ?? after ?? []);

function unsealedOf({ entries, chains }: Period): string[] {
  const sealed = new Set(chains.flatMap(({ seals }) => seals.flatMap((seal) => seal.entries.map(({ key }) => key))));
  const waiting = entries.map(({ storedKey }) => storedKey).filter((key) => !sealed.has(key));
  if (waiting.length > MOST_UNSEALED) throw new OwnError(`sealing is late: ${waiting.length} entries are not sealed`);
  return waiting;
}
