import { Budget, Funding } from "#shared/domain/campaigns/campaign";
import { Participant } from "#shared/domain/invitations/participant";
import { type Instant, plusDays } from "#shared/domain/kernel/time";
import { Earning } from "#shared/domain/wallets/earning";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { WalletTransaction } from "#shared/domain/wallets/transaction";
import { Wallet } from "#shared/domain/wallets/wallet";
import { WalletProfile } from "#shared/domain/wallets/wallet-profile";
import { StaleState } from "#shared/ports/changes";
import type { Earnings, Journal, Ledger, Wallets } from "#shared/ports/wallets";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { budgetsOf } from "./campaigns.ts";
import { eachOf, everyOf, newestFirst, pageOf, parsed } from "./pages.ts";

const walletOf = async (table: TableEngine, userId: string) =>
  parsed(Wallet, await table.get(itemKey(items.wallet, { userId })));

/** Campaigns that hold money of this brand. */
const fundedBy = async (table: TableEngine, brandId: string): Promise<string[]> =>
  (await everyOf(table, listing(items.funding, { brandId }), Funding)).map(({ campaignId }) => campaignId);

export const storedWallets = (table: TableEngine): Wallets => ({
  get: (userId) => walletOf(table, userId),
  profile: async (userId) => parsed(WalletProfile, await table.get(itemKey(items.walletProfile, { userId }))),
  async withFunded(userId) {
    const before = await walletOf(table, userId);
    const funded = await budgetsOf(table, await fundedBy(table, userId));
    const wallet = await walletOf(table, userId);
    // What goes from a wallet into a campaign, or comes back, moves the wallet's version.
    if (before?.version !== wallet?.version) throw new StaleState(["wallet"]);
    return { wallet, funded };
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
  payableCreators: () => payableCreators(table),
  matured: (now) =>
    spreadListing(items.earning.listings.onHold, {}).map((part) => eachOf(table, ranged(part, { to: now }), Earning)),
});

export const storedJournal = (table: TableEngine): Journal => ({
  get: async (key) => parsed(JournalEntry, await table.get(itemKey(items.journalEntry, { key }))),
});

/** The list is in order of creators: the one before is all that must be remembered. */
async function* payableCreators(table: TableEngine): AsyncIterable<string> {
  let before: string | undefined;
  for await (const { creatorId } of eachOf(table, spreadListing(items.earning.listings.allPayable, {}), Earning)) {
    if (creatorId !== before) yield creatorId;
    before = creatorId;
  }
}

export const storedLedger = (table: TableEngine): Ledger => ({
  async books(now) {
    const before = await figures(table);
    const entries = await entriesUntil(table, now);
    const participants = await everyOf(table, spreadListing(items.participant.listings.all, {}), Participant);
    const userIds = before.wallets.map(({ userId }) => userId);
    const transactions = await ofEach(userIds, (userId) =>
      everyOf(table, listing(items.walletTransaction, { userId }), WalletTransaction),
    );
    const fundings = await ofEach(userIds, (brandId) => fundedBy(table, brandId));
    return { before, entries, participants, transactions, fundings, after: await figures(table) };
  },
});

/** The index says which there are; the figures are the table's own, which do not lag behind. */
const figures = async (table: TableEngine) => ({
  wallets: await everyOf(table, spreadListing(items.wallet.listings.all, {}), Wallet),
  budgets: await everyOf(table, spreadListing(items.budget.listings.all, {}), Budget),
});

/** Users whose things are read at once: the proof has to be done while a client waits. */
const USERS_AT_ONCE = 16;

async function ofEach<T>(
  userIds: readonly string[],
  read: (userId: string) => Promise<readonly T[]>,
): Promise<Map<string, readonly T[]>> {
  const those = new Map<string, readonly T[]>();
  for (let at = 0; at < userIds.length; at += USERS_AT_ONCE) {
    await Promise.all(
      userIds.slice(at, at + USERS_AT_ONCE).map(async (userId) => those.set(userId, await read(userId))),
    );
  }
  return those;
}

/** No entry is older than the ledger. */
const FIRST_DAY: Instant = "2026-11-01T00:00:00.000Z";

/** Day by day, from the first entry there can be. */
async function entriesUntil(table: TableEngine, now: Instant): Promise<JournalEntry[]> {
  const days: JournalEntry[][] = [];
  for (let postedAt = FIRST_DAY; postedAt <= now; postedAt = plusDays(postedAt, 1)) {
    days.push(await everyOf(table, spreadListing(items.journalEntry.listings.ofDay, { postedAt }), JournalEntry));
  }
  return days.flat();
}
