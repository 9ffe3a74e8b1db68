import { auditIdOf, AuditEntry } from "#shared/domain/audit/audit-entry";
import type { Budget } from "#shared/domain/campaigns/campaign";
import { Participant } from "#shared/domain/invitations/participant";
import { dayOf, type Instant, plusDays, plusHours } from "#shared/domain/kernel/time";
import type { Books } from "#shared/domain/ledger/audit/books";
import { Closing, LedgerClose } from "#shared/domain/ledger/closing/closing";
import { dayAfter, daysToClose, type Period } from "#shared/domain/ledger/closing/close-day";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { campaignHolder, type Holder, holdersIn, walletHolder } from "#shared/domain/ledger/postings";
import type { Wallet } from "#shared/domain/wallets/wallet";
import { WalletTransaction } from "#shared/domain/wallets/transaction";
import { wait } from "#shared/ports/call-time";
import type { Ledger } from "#shared/ports/ledger";
import type { Item, TableEngine } from "#shared/table/engine";
import { itemKey, listing, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { AuditedBudget, AuditedEntry, AuditedWallet } from "./audited.ts";
import { chainsSince, storedEntries } from "./ledger-seals.ts";
import { everyOf, newestFirst, pageOf, parsed } from "./pages.ts";
import { chunksOf, ofEach, READ_AT_ONCE } from "./reading.ts";
import { underWayOf } from "./money-under-way.ts";
import { recentTransactions } from "./recent-transactions.ts";

/** No entry is older than the ledger. */
const FIRST_DAY = "2026-11-01";
/** A later look comes as much later, times its number: an index lags for less than a second (DynamoDB developer guide, GSIs). */
const LATER_MS = 400;

export const storedLedger = (table: TableEngine): Ledger => ({
  async books(now, look = 0) {
    if (look > 0) await wait(LATER_MS * look);
    return booksOf(table, now);
  },
  periodsToClose: (now) => periodsToClose(table, now),
  closing: async (account) => parsed(Closing, await table.get(itemKey(items.closing, { account }))),
  async closed({ day, entries }) {
    const [close, closings] = await Promise.all([
      closeOf(table, day),
      closingsOf(table, [...holdersIn(entries).keys()]),
    ]);
    return { close, closings };
  },
  transactions: ({ userId, type }, page) =>
    pageOf(
      table,
      newestFirst(
        userId === undefined
          ? spreadListing(items.walletTransaction.listings.all, {})
          : listing(items.walletTransaction, { userId }),
      ),
      WalletTransaction,
      page,
      (transaction) => type === undefined || transaction.type === type,
    ),
});

/** In the order that `Books` tells of. */
async function booksOf(table: TableEngine, now: Instant): Promise<Books> {
  const close = await lastClose(table, now);
  const found = await entriesOf(table, daysBetween(close, dayOf(now)));
  const entries: readonly JournalEntry[] = found.map((item) => AuditedEntry.parse(item));
  const money = await balancesOf(table, entries);
  const campaigns = await campaignsToAsk(table, entries, money.budgets);
  const participants = await ofEach(campaigns, (campaignId) =>
    everyOf(table, listing(items.participant, { campaignId }), Participant),
  );
  const transactions = await transactionsOf(table, entries, close);
  const audits = await table.getMany(commitsIn(entries).map((id) => itemKey(items.auditEntry, { id: auditIdOf(id) })));
  const chains = await chainsSince(table, close?.heads ?? []);
  const stored = await storedEntries(table, chains, [...found, ...audits]);
  return {
    asOf: now,
    close,
    entries,
    ...money,
    participants: [...participants.values()].flat(),
    funded: await fundedOf(table, money.budgets),
    transactions,
    auditRows: new Map(audits.map((item) => AuditEntry.parse(item)).map((row) => [row.id, row])),
    chains,
    stored,
    ...(await underWayOf(table, { ...money, close, entries }, now)),
    commitsAfter: await commitsOf(table, money.budgets),
  };
}

async function lastClose(table: TableEngine, now: Instant): Promise<LedgerClose | undefined> {
  const yesterday = await closeOf(table, dayOf(plusDays(now, -1)));
  if (yesterday !== undefined) return yesterday;
  const all = newestFirst(listing(items.ledgerClose.listings.all, {}));
  for await (const [newest] of chunksOf(table, all, 1)) return parsed(LedgerClose, newest?.item);
  return undefined;
}

async function* periodsToClose(table: TableEngine, now: Instant): AsyncIterable<Period> {
  let last = await lastClose(table, now);
  for (const day of daysToClose(last, now)) {
    yield await periodOf(table, last, day);
    last = (await closeOf(table, day)) ?? last;
  }
}

async function periodOf(table: TableEngine, last: LedgerClose | undefined, day: string): Promise<Period> {
  const found = await entriesOf(table, daysBetween(last, day));
  const entries = found.map((item) => ({ ...AuditedEntry.parse(item), storedKey: String(item["pk"]) }));
  return { day, last, entries, chains: await chainsSince(table, last?.heads ?? []) };
}

const closeOf = async (table: TableEngine, day: string) =>
  parsed(LedgerClose, await table.get(itemKey(items.ledgerClose, { day })));

/** The days after a close, up to and with one. */
function daysBetween(close: LedgerClose | undefined, last: string): readonly string[] {
  const days: string[] = [];
  for (let day = close ? dayAfter(close.day) : FIRST_DAY; day <= last; day = dayAfter(day)) days.push(day);
  return days;
}

/** Whole items: their seals are of all that is stored. */
async function entriesOf(table: TableEngine, days: readonly string[]): Promise<readonly Item[]> {
  const byDay = await ofEach(days, async (day) => {
    const found: Item[] = [];
    const ofDay = spreadListing(items.journalEntry.listings.ofDay, { postedAt: day });
    for await (const places of chunksOf(table, ofDay, READ_AT_ONCE))
      for (const { item } of places) if (item) found.push(item);
    return found;
  });
  return days.flatMap((day) => byDay.get(day) ?? []);
}

const commitsIn = (entries: readonly JournalEntry[]): string[] => [...new Set(entries.map(({ commitId }) => commitId))];

/**
 * Balances, of everybody who is listed or moved: who is new may not be in the index yet. Then closings: what they hold was
 * posted so long before they were made that balances read a moment ago have counted it.
 */
async function balancesOf(table: TableEngine, entries: readonly JournalEntry[]) {
  const wallets = await everyOf(table, spreadListing(items.wallet.listings.all, {}), AuditedWallet);
  const budgets = await everyOf(table, spreadListing(items.budget.listings.all, {}), AuditedBudget);
  const listed = new Set(holdersOf(wallets, budgets).map(({ name }) => name));
  const newcomers = [...holdersIn(entries).values()].filter(({ name }) => !listed.has(name));
  const idsOf = (of: Holder["of"]) => newcomers.filter((holder) => holder.of === of).map(({ id }) => id);
  const moreWallets = await table.getMany(idsOf("wallet").map((userId) => itemKey(items.wallet, { userId })));
  const moreBudgets = await table.getMany(idsOf("campaign").map((campaignId) => itemKey(items.budget, { campaignId })));
  const money = {
    wallets: [...wallets, ...moreWallets.map((item) => AuditedWallet.parse(item))],
    budgets: [...budgets, ...moreBudgets.map((item) => AuditedBudget.parse(item))],
  };
  const names = holdersOf(money.wallets, money.budgets).map(({ name }) => name);
  const closings = await closingsOf(table, names);
  return { ...money, closings: new Map(closings.map((closing) => [closing.account, closing])) };
}

const holdersOf = (wallets: readonly Wallet[], budgets: readonly Budget[]): readonly Holder[] => [
  ...wallets.map(({ userId }) => walletHolder(userId)),
  ...budgets.map(({ campaignId }) => campaignHolder(campaignId)),
];

async function closingsOf(table: TableEngine, accounts: readonly string[]): Promise<readonly Closing[]> {
  const found = await table.getMany(accounts.map((account) => itemKey(items.closing, { account })));
  return found.map((item) => Closing.parse(item));
}

/** Campaigns that hold money for somebody, or owe somebody something, or moved. */
async function campaignsToAsk(
  table: TableEngine,
  entries: readonly JournalEntry[],
  budgets: readonly Budget[],
): Promise<readonly string[]> {
  const owing = await everyOf(table, spreadListing(items.participant.listings.due, {}), Participant);
  return [
    ...new Set([
      ...[...holdersIn(entries).values()].filter(({ of }) => of === "campaign").map(({ id }) => id),
      ...budgets.filter(({ secured }) => secured !== 0).map(({ campaignId }) => campaignId),
      ...owing.map(({ campaignId }) => campaignId),
    ]),
  ];
}

async function transactionsOf(table: TableEngine, entries: readonly JournalEntry[], close: LedgerClose | undefined) {
  const people = entries.flatMap(({ lines }) =>
    lines.flatMap(({ account }) => {
      if (account.of === "platform") return [];
      return [account.of === "wallet" ? account.userId : account.brandId];
    }),
  );
  // Transactions are in order of their decisions, and what is decided in a day may be posted in the next.
  const from = close ? plusHours(`${dayAfter(close.day)}T00:00:00.000Z`, -1) : "";
  const recent = await ofEach([...new Set(people)], (userId) => recentTransactions(table, userId, from, Infinity));
  return new Map([...recent].map(([userId, transactions]) => [userId, transactions ?? []]));
}

const holding = (budgets: readonly Budget[]) => budgets.filter(({ unassigned, secured }) => unassigned + secured > 0);

async function fundedOf(table: TableEngine, budgets: readonly Budget[]): Promise<ReadonlySet<string>> {
  const keys = holding(budgets).map(({ brandId, campaignId }) => itemKey(items.funding, { brandId, campaignId }));
  return new Set((await table.getMany(keys)).map((item) => String(item["campaignId"])));
}

async function commitsOf(table: TableEngine, budgets: readonly Budget[]): Promise<ReadonlyMap<string, number>> {
  const keys = budgets.map(({ campaignId }) => itemKey(items.budget, { campaignId }));
  const again = (await table.getMany(keys)).map((item) => AuditedBudget.parse(item));
  return new Map(again.map(({ campaignId, commits }) => [campaignId, commits]));
}
