/** Right books of two days, and hands that break them. What is changed here is changed as if it had always been so: seals see another table. */
import { auditLedger, type Audit, invariantsOf } from "#shared/domain/ledger/audit/auditor";
import { auditIdOf } from "#shared/domain/audit/audit-entry";
import type { Books } from "#shared/domain/ledger/audit/books";
import type { JournalEntry, Line } from "#shared/domain/ledger/journal-entry";
import type { Money } from "#shared/domain/kernel/money";
import { plusHours } from "#shared/domain/kernel/time";
import { BRAND_ID, CREATOR_ID } from "../../../support/builders.ts";
import { HELD, OTHER_BRAND_ID } from "../../../support/ledger-days.ts";

export const MOVED_AT = "2026-11-26T12:00:00.000Z";

/** Ids of the invariants that something was found against. */
export const brokenIn = (books: Books, held: readonly Money[] = HELD): string[] =>
  auditLedger(books, held).flatMap(({ id, passed }) => (passed ? [] : [id]));
/** Ids of those that were not judged in full. */
export const openIn = (books: Books, held: readonly Money[] = HELD): string[] =>
  auditLedger(books, held).flatMap(({ id, notJudged }) => (notJudged > 0 ? [id] : []));
export const brokenOf = (audit: Audit): string[] =>
  invariantsOf(audit).flatMap(({ id, passed }) => (passed ? [] : [id]));
export const openOf = (audit: Audit): string[] =>
  invariantsOf(audit).flatMap(({ id, notJudged }) => (notJudged > 0 ? [id] : []));

export const withEntry = (books: Books, key: string, change: (entry: JournalEntry) => JournalEntry): Books => {
  if (!books.entries.some((one) => one.key.startsWith(key))) throw new Error(`no entry ${key}`);
  return { ...books, entries: books.entries.map((one) => (one.key.startsWith(key) ? change(one) : one)) };
};
export const withoutEntry = (books: Books, key: string): Books => ({
  ...books,
  entries: books.entries.filter((one) => !one.key.startsWith(key)),
});
/** A line of an entry, by its account. */
export const withLine = (books: Books, key: string, account: string, change: (line: Line) => Line): Books =>
  withEntry(books, key, (entry) => ({
    ...entry,
    lines: entry.lines.map((line) => (line.account.account === account ? change(line) : line)),
  }));
export const oneMore = (line: Line): Line => ({ ...line, amount: line.amount + 1 });

/** One more entry, in a commit of its own with its audit row. */
export function withAnother(books: Books, parts: Partial<JournalEntry>): Books {
  const like = books.entries.find(({ key }) => key === "txn:2");
  const [one] = books.auditRows.values();
  if (like === undefined || one === undefined) throw new Error("nothing to be like");
  const commitId = `cmt_${"9".repeat(26)}`;
  const row = { ...one, id: auditIdOf(commitId) };
  const { processorIds: _, ...rest } = like;
  const another = { ...rest, id: `jrn_${"9".repeat(26)}`, key: "txn:9", commitId, ...parts };
  return {
    ...books,
    entries: [...books.entries, another],
    auditRows: new Map([...books.auditRows, [row.id, row]]),
  };
}
/** What the processor holds once one more fee was kept. */
export const HELD_THEN: readonly Money[] = [{ amount: 910, currency: "USD" }];

export const BRAND = BRAND_ID;
export const CREATOR = CREATOR_ID;
export const OTHER = OTHER_BRAND_ID;

export const withWallet = (books: Books, userId: string, change: (was: Books["wallets"][number]) => object): Books => ({
  ...books,
  wallets: changed(books.wallets, userId, change),
  promised: { ...books.promised, wallets: changed(books.promised.wallets, userId, change) },
});
const changed = (
  wallets: Books["wallets"],
  userId: string,
  change: (was: Books["wallets"][number]) => object,
): Books["wallets"] => wallets.map((one) => (one.userId === userId ? { ...one, ...change(one) } : one));
export const withBudget = (books: Books, change: (was: Books["budgets"][number]) => object): Books => ({
  ...books,
  budgets: books.budgets.map((one) => ({ ...one, ...change(one) })),
});
export const withUnits = (
  books: Books,
  change: (unit: Books["participants"][number]["units"][number]) => object,
): Books => ({
  ...books,
  participants: books.participants.map((one) => ({
    ...one,
    units: one.units.map((unit) => ({ ...unit, ...change(unit) })),
  })),
});
export const withContent = (books: Books, start: string, change: (content: object) => object | undefined): Books => ({
  ...books,
  stored: books.stored.flatMap((one) => {
    if (!one.key.startsWith(start)) return [one];
    const content = change(one.content);
    return content ? [{ ...one, content }] : [];
  }),
});

/** Two hours later: no index lags as long. */
export const later = (of: Books): Books => ({ ...of, asOf: plusHours(of.asOf, 2) });
export const BEFORE = "2026-11-26T11:00:00.000Z";
export const suspended = (userId: string, suspendedAt: string, of: Books): Books =>
  withWallet(of, userId, () => ({ ownerStatus: "suspended", suspendedAt }));

/** What is broken, the invariants that say so, and how; and what the processor holds then. */
export type Broken = readonly [
  name: string,
  ids: readonly string[],
  breakIt: (books: Books) => Books,
  held?: readonly Money[],
];
