/** What is open: what wallets stand for, what the processor told, and what moves there and is not in the books yet. */
import type { Instant } from "#shared/domain/kernel/time";
import type { Books, Promised } from "#shared/domain/ledger/audit/books";
import { usersToAsk } from "#shared/domain/ledger/audit/promise-rules";
import { unpostedOf } from "#shared/domain/ledger/audit/unposted";
import { Payout } from "#shared/domain/payouts/payout";
import { Refund } from "#shared/domain/refunds/refund";
import { Deposit } from "#shared/domain/deposits/deposit";
import { Earning } from "#shared/domain/wallets/earning";
import { StripeEvent } from "#shared/domain/webhooks/stripe-event";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { AuditedWallet } from "./audited.ts";
import { everyNamed, everyOf } from "./pages.ts";
import { ofEach } from "./reading.ts";

/** @param read what was read of the books: it says whose wallets are asked what they stand for */
export async function underWayOf(
  table: TableEngine,
  read: Parameters<typeof usersToAsk>[0],
  now: Instant,
): Promise<Pick<Books, "promised" | "notices" | "unposted">> {
  // First for whose they are; what is compared is read again, between two looks at their wallets.
  const promised = await promisedOf(table, usersToAsk(read, await onTheirWay(table), now));
  const [notices, deposits] = await Promise.all([
    everyOf(table, spreadListing(items.stripeEvent.listings.due, {}), StripeEvent),
    everyNamed(table, spreadListing(items.deposit.listings.due, {}), Deposit),
  ]);
  return {
    promised,
    notices: notices.map(({ id, receivedAt, status }) => ({ id, receivedAt, status })),
    unposted: unpostedOf({ ...promised, deposits }, now),
  };
}

/** In the order that `Promised` tells of. Nothing here grows with history: it is what is open, of those who moved. */
async function promisedOf(table: TableEngine, userIds: readonly string[]): Promise<Promised> {
  const wallets = await walletsOf(table, userIds);
  const [onHold, payable, underWay] = await Promise.all([
    userIds.length > 0 ? everyNamed(table, spreadListing(items.earning.listings.onHold, {}), Earning) : [],
    ofEach(userIds, (creatorId) => everyNamed(table, listing(items.earning.listings.payable, { creatorId }), Earning)),
    onTheirWay(table),
  ]);
  const earnings = new Map([...onHold, ...[...payable.values()].flat()].map((one) => [one.id, one]));
  const after = await walletsOf(table, userIds);
  return {
    wallets,
    earnings: [...earnings.values()],
    ...underWay,
    commitsAfter: new Map(after.map(({ userId, commits }) => [userId, commits])),
  };
}

/** Everybody's payouts and refunds that are not over. */
async function onTheirWay(table: TableEngine): Promise<Pick<Promised, "payouts" | "refunds">> {
  const [payouts, refunds] = await Promise.all([
    everyNamed(table, spreadListing(items.payout.listings.due, {}), Payout),
    everyNamed(table, spreadListing(items.refund.listings.due, {}), Refund),
  ]);
  return { payouts, refunds };
}

const walletsOf = async (table: TableEngine, userIds: readonly string[]) =>
  (await table.getMany(userIds.map((userId) => itemKey(items.wallet, { userId })))).map((item) =>
    AuditedWallet.parse(item),
  );
