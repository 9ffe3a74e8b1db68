import { type Budget, Funding } from "#shared/domain/campaigns/campaign";
import { refuse } from "#shared/domain/kernel/refusal";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { Earning } from "#shared/domain/wallets/earning";
import { WalletTransaction } from "#shared/domain/wallets/transaction";
import { Wallet } from "#shared/domain/wallets/wallet";
import { walletRefusals } from "#shared/domain/wallets/refusals";
import { WalletProfile } from "#shared/domain/wallets/wallet-profile";
import { StaleState } from "#shared/ports/changes";
import type { Earnings, Journal, Wallets } from "#shared/ports/wallets";
import type { TableEngine } from "#shared/table/engine";
import { beyond, itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { budgetsOf } from "./campaigns.ts";
import { eachOf, everyOf, newestFirst, pageOf, parsed } from "./pages.ts";
import { ofEach } from "./reading.ts";
import { recentTransactions } from "./recent-transactions.ts";

const walletOf = async (table: TableEngine, userId: string) =>
  parsed(Wallet, await table.get(itemKey(items.wallet, { userId })));

/** Campaigns that hold money of this brand. */
const fundedBy = async (table: TableEngine, brandId: string): Promise<string[]> =>
  (await everyOf(table, listing(items.funding, { brandId }), Funding)).map(({ campaignId }) => campaignId);

/** For how long what has been decided may go on to be written: a job's time. Transactions are in order of their decisions. */
const LATE_MS = 15 * 60_000;
/** Transactions that are read at once for a balance of the past. */
const MOST_SINCE = 5_000;

interface Funded {
  readonly wallet: Wallet | undefined;
  readonly funded: readonly Budget[];
}

async function withFunded(table: TableEngine, userId: string): Promise<Funded> {
  const before = await walletOf(table, userId);
  const funded = await budgetsOf(table, await fundedBy(table, userId));
  const wallet = await walletOf(table, userId);
  // What goes from a wallet into a campaign, or comes back, moves the wallet's version.
  if (before?.version !== wallet?.version) throw new StaleState(["wallet"]);
  return { wallet, funded };
}

const versionsOf = ({ wallet, funded }: Funded): string =>
  JSON.stringify([wallet?.version, funded.map(({ campaignId, version }) => [campaignId, version]).sort()]);

export const storedWallets = (table: TableEngine): Wallets => ({
  get: (userId) => walletOf(table, userId),
  profile: async (userId) => parsed(WalletProfile, await table.get(itemKey(items.walletProfile, { userId }))),
  withFunded: (userId) => withFunded(table, userId),
  async since(userId, at) {
    const before = await withFunded(table, userId);
    const transactions = await recentTransactions(table, userId, plusMilliseconds(at, -LATE_MS), MOST_SINCE);
    if (transactions === undefined) throw refuse(walletRefusals.tooLongAgo);
    // A settlement moves a campaign's money and not the wallet's version.
    const after = await withFunded(table, userId);
    if (versionsOf(before) !== versionsOf(after)) throw new StaleState(["wallet", "budget"]);
    return { ...before, transactions };
  },
  transactions: (userId, { type }, page) =>
    pageOf(
      table,
      newestFirst(listing(items.walletTransaction, { userId })),
      WalletTransaction,
      page,
      (transaction) => type === undefined || transaction.type === type,
    ),
});

const ofStatus = (status: Earning["status"] | undefined) => (earning: Earning) =>
  status === undefined || earning.status === status;

export const storedEarnings = (table: TableEngine): Earnings => ({
  ofCreator: (creatorId, { status }, page) =>
    pageOf(table, newestFirst(listing(items.earning, { creatorId })), Earning, page, ofStatus(status)),
  all: ({ status }, page) =>
    pageOf(table, newestFirst(spreadListing(items.earning.listings.all, {})), Earning, page, ofStatus(status)),
  async some(creatorId, earningIds) {
    const found = await table.getMany(earningIds.map((id) => itemKey(items.earning, { creatorId, id })));
    return found.map((item) => Earning.parse(item));
  },
  async payable(creatorId, most) {
    const list = listing(items.earning.listings.payable, { creatorId });
    return (await pageOf(table, list, Earning, { limit: most })).items;
  },
  payableCreators: (after) => payableCreators(table, after),
  matured: (now) =>
    spreadListing(items.earning.listings.onHold, {}).map((part) => eachOf(table, ranged(part, { to: now }), Earning)),
});

export const storedJournal = (table: TableEngine): Journal => ({
  get: async (key) => parsed(JournalEntry, await table.get(itemKey(items.journalEntry, { key }))),
  async some(keys) {
    const found = await table.getMany(keys.map((key) => itemKey(items.journalEntry, { key })));
    return found.map((item) => JournalEntry.parse(item));
  },
  async about(objectIds) {
    const place = items.journalEntry.listings.about;
    const found = await ofEach([...new Set(objectIds)], (id) =>
      everyOf(table, listing(place, { processorIds: [id] }), JournalEntry),
    );
    return [...found.values()].flat();
  },
  postedOn: (postedAt) => everyOf(table, spreadListing(items.journalEntry.listings.ofDay, { postedAt }), JournalEntry),
});

/** The list is in order of creators: the one before is all that must be remembered. Twice round at the most, never twice in a row. */
async function* payableCreators(table: TableEngine, after: string | undefined): AsyncIterable<string> {
  const whole = spreadListing(items.earning.listings.allPayable, {});
  const lists =
    after === undefined
      ? [whole]
      : [whole.map((part) => beyond(part, after)), whole.map((part) => ranged(part, { to: after }))];
  let before: string | undefined;
  for (const list of lists)
    for await (const { creatorId } of eachOf(table, list, Earning)) {
      if (creatorId !== before) yield creatorId;
      before = creatorId;
    }
}
