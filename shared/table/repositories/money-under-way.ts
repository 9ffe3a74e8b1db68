/** What moves at the processor and is not in the books yet, as far as anybody here knows. */
import { type Instant, plusMilliseconds } from "#shared/domain/kernel/time";
import type { ReceivedNotice, UnpostedMovement } from "#shared/domain/ledger/audit/books";
import { Payout } from "#shared/domain/payouts/payout";
import { Refund } from "#shared/domain/refunds/refund";
import { Deposit } from "#shared/domain/wallets/deposit";
import { StripeEvent } from "#shared/domain/webhooks/stripe-event";
import type { TableEngine } from "#shared/table/engine";
import { spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf } from "./pages.ts";

/** A payment that was begun so lately may have been made a moment ago; one that is older has long been told of. */
const PAYING_MS = 15 * 60_000;

/** A transfer, or one that is taken back: where it is nothing but looked for at the bank, the house's money does not move. */
const leavesTheHouse = ({ step }: Payout): boolean => step === "transfer" || step === "reversal";
const isUnbooked = ({ parts }: Refund): boolean => parts.some(({ status, booked }) => status !== "failed" && !booked);

export async function underWayOf(
  table: TableEngine,
  now: Instant,
): Promise<{ readonly notices: readonly ReceivedNotice[]; readonly unposted: readonly UnpostedMovement[] }> {
  const [notices, deposits, payouts, refunds] = await Promise.all([
    everyOf(table, spreadListing(items.stripeEvent.listings.due, {}), StripeEvent),
    everyOf(table, spreadListing(items.deposit.listings.due, {}), Deposit),
    everyOf(table, spreadListing(items.payout.listings.due, {}), Payout),
    everyOf(table, spreadListing(items.refund.listings.due, {}), Refund),
  ]);
  const paying = deposits.filter(
    ({ feePending, createdAt }) => feePending === true || plusMilliseconds(createdAt, PAYING_MS) > now,
  );
  return {
    notices: notices.map(({ id, receivedAt, status }) => ({ id, receivedAt, status })),
    unposted: [...paying, ...payouts.filter(leavesTheHouse), ...refunds.filter(isUnbooked)].map(
      ({ id, amount: { amount, currency } }) => ({
        id,
        currency,
        amountMinor: amount,
      }),
    ),
  };
}
