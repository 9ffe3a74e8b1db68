import { CardDispute } from "#shared/domain/card-disputes/card-dispute";
import { isAnotherThan, waitingAs } from "#shared/domain/refunds/follow-refund";
import { Refund } from "#shared/domain/refunds/refund";
import { Deposit, refundableMinor } from "#shared/domain/deposits/deposit";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { About, PaymentCase, UnnamedRefund } from "#shared/domain/deposits/follow-payment";
import { Wallet } from "#shared/domain/wallets/wallet";
import type { Deposits } from "#shared/ports/deposits";
import type { TableEngine } from "#shared/table/engine";
import { isOf, itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, everyOf, newestFirst, parsed } from "./pages.ts";

export const storedDeposits = (table: TableEngine): Deposits => ({
  get: (depositId) => depositOf(table, depositId),
  ofPayment: (paymentIntentId, namedId) => ofPayment(table, paymentIntentId, namedId),
  caseOf: (about) => caseOf(table, about),
  caseOfAny: async (about) => {
    const { ifAnother, ...named } = about;
    if (about.unnamedRefundId !== undefined) return unnamedCaseOf(table, about);
    const found = await caseOf(table, about);
    if (ifAnother === undefined) return found;
    const waiting = found.deposit && waitingAs(found.deposit, ifAnother.unnamedRefundId);
    if (waiting !== undefined)
      return waiting === named.refundId ? found : caseOf(table, { ...named, refundId: waiting });
    const isNamed = isOurs(found, about.depositId, ifAnother) && !(await isTaken(table, found, ifAnother));
    return isNamed ? found : unnamedCaseOf(table, { ...named, ...ifAnother });
  },
  refundable: (userId, amountMinor) => refundable(table, userId, amountMinor),
  due: (now) => {
    const parts = spreadListing(items.deposit.listings.due, {}).map((part) => ranged(part, { to: now }));
    return eachOf(table, parts, Deposit);
  },
});

const depositOf = async (table: TableEngine, id: string): Promise<Deposit | undefined> =>
  parsed(Deposit, await table.get(itemKey(items.deposit, { id })));

async function ofPayment(table: TableEngine, paymentIntentId: string, namedId?: string): Promise<Deposit | undefined> {
  const listed = await everyOf(table, [listing(items.deposit.listings.ofPayment, { paymentIntentId })], Deposit);
  if (listed[0] !== undefined || namedId === undefined) return listed[0];
  const named = await depositOf(table, namedId);
  return named?.paymentIntentId === paymentIntentId ? named : undefined;
}

async function caseOf(
  table: TableEngine,
  { depositId, refundId, ifAnother, disputeId }: Parameters<Deposits["caseOf"]>[0],
): Promise<PaymentCase> {
  const refundIds = new Set([refundId, ifAnother?.refundId].filter((id) => id !== undefined));
  const found = await table.getMany([
    itemKey(items.deposit, { id: depositId }),
    ...[...refundIds].map((id) => itemKey(items.refund, { id })),
    ...(disputeId === undefined ? [] : [itemKey(items.cardDispute, { id: disputeId })]),
  ]);
  const one = (kind: "deposit" | "cardDispute") => found.find((item) => isOf(items[kind], item));
  const refunds = found.filter((item) => isOf(items.refund, item)).map((item) => Refund.parse(item));
  const deposit = parsed(Deposit, one("deposit"));
  const wallet = deposit && (await table.get(itemKey(items.wallet, { userId: deposit.userId })));
  return {
    deposit,
    wallet: parsed(Wallet, wallet),
    refund: refunds.find(({ id }) => id === refundId),
    byHand: refunds.find(({ id }) => id !== refundId),
    dispute: parsed(CardDispute, one("cardDispute")),
  };
}

/** A request is there before it is asked for: what bears the name of none that we have was made by hand. */
const isOurs = (
  { refund, byHand }: PaymentCase,
  depositId: string,
  { unnamedRefundId: id, amountMinor }: NonNullable<About["ifAnother"]>,
): boolean => refund !== undefined && byHand === undefined && !isAnotherThan(refund, depositId, { id, amountMinor });

/** Whether it is booked as another of ours by now, which had its name before. */
async function isTaken(
  table: TableEngine,
  { refund }: PaymentCase,
  { unnamedRefundId: id }: NonNullable<About["ifAnother"]>,
): Promise<boolean> {
  if (refund?.parts.some(({ processorRefundId }) => processorRefundId === id)) return false;
  const booked = await entryOf(table, id);
  return booked !== undefined && booked.referenceId !== refund?.id;
}

async function unnamedCaseOf(
  table: TableEngine,
  { unnamedRefundId, refundId, unnamedOthers = [], ...about }: Parameters<Deposits["caseOfAny"]>[0],
): Promise<PaymentCase> {
  const booked = unnamedRefundId === undefined ? undefined : await entryOf(table, unnamedRefundId);
  const found = await caseOf(table, { ...about, refundId: booked?.referenceId ?? refundId });
  return { ...found, bookedOthersMinor: await bookedOf(table, unnamedOthers) };
}

/** What of these refunds an entry books, one after another: there is hardly ever one. */
async function bookedOf(table: TableEngine, refunds: readonly UnnamedRefund[]): Promise<number> {
  let bookedMinor = 0;
  for (const { id, amountMinor } of refunds) if ((await entryOf(table, id)) !== undefined) bookedMinor += amountMinor;
  return bookedMinor;
}

/** What books an object of the processor's, first of all. */
async function entryOf(table: TableEngine, processorId: string): Promise<JournalEntry | undefined> {
  const about = listing(items.journalEntry.listings.about, { processorIds: [processorId] });
  return (await everyOf(table, [about], JournalEntry))[0];
}

/** Deposits that one refund may take from: each is one item of its write, which has a hundred at most. */
const MOST_DEPOSITS = 25;

async function refundable(table: TableEngine, userId: string, amountMinor: number): Promise<readonly Deposit[]> {
  const taken: Deposit[] = [];
  let left = amountMinor;
  const all = newestFirst(listing(items.deposit.listings.ofOwner, { userId }));
  for await (const deposit of eachOf(table, all, Deposit, (one) => refundableMinor(one) > 0)) {
    taken.push(deposit);
    left -= refundableMinor(deposit);
    if (left <= 0 || taken.length === MOST_DEPOSITS) break;
  }
  return taken;
}
