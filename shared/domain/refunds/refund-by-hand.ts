/** Refunds of a brand's deposit that somebody made in the processor's dashboard, beside those that are asked for here. */
import { type Change, changed, created, sameBalances } from "../change.ts";
import type { Deposit } from "../deposits/deposit.ts";
import { derivedId } from "../kernel/derived-id.ts";
import { formatMoney } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { platformAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import type { DecidedEntry } from "../ledger/journal-entry.ts";
import { entry } from "../ledger/posting.ts";
import type { ProcessorRefund } from "../processor/payment.ts";
import { feeOf } from "../processor/processing-fee.ts";
import { debitLines } from "../wallets/brand-funds.ts";
import type { Wallet } from "../wallets/wallet.ts";
import { eventsOf, partAfter, withParts } from "./follow-refund.ts";
import type { Refund } from "./refund.ts";

/** Our name for it, which follows from the processor's: however often it is heard of, there is one, as old as it is there. */
export const idOfRefundByHand = (processorRefundId: string, createdAt: Instant | undefined): string =>
  derivedId("refund", processorRefundId, createdAt);

/** What such a refund is decided on. */
export interface RefundByHandCase {
  readonly deposit: Deposit;
  readonly wallet: Wallet | undefined;
}

/**
 * The money has left, whoever sent it: it is the brand's refund from now on, taken from what the brand has, and owed for the
 * rest. What has not left, or never did, is not there yet. Of a deposit that was not credited it is the house's own to book.
 */
export function refundByHand(
  { deposit, wallet }: RefundByHandCase,
  said: ProcessorRefund,
  occasion: Occasion,
): Change | undefined {
  const { id, amount, status, createdAt, transaction } = said;
  if (deposit.status !== "completed" || status === "failed" || id === undefined || transaction === undefined)
    return undefined;
  const { id: depositId, userId, paymentIntentId, refundedMinor } = deposit;
  const { now: at } = occasion;
  const asked = { depositId, paymentIntentId, amountMinor: amount.amount, status: "requested", booked: false } as const;
  const begun: Refund = {
    ...{ id: idOfRefundByHand(id, createdAt), userId, amount, status: "requested", parts: [asked] },
    ...{ version: 0, createdAt: at, updatedAt: at },
  };
  const made = withParts(begun, [partAfter(asked, said)], occasion);
  const theirs = known(wallet, "wallet of a deposit");
  return {
    entities: [
      created("refund", made),
      changed("deposit", deposit, { ...deposit, refundedMinor: refundedMinor + amount.amount, updatedAt: at }),
    ],
    requires: [sameBalances(theirs, ["available", "disputesReceivable"])],
    entries: [
      taken({ refund: made, wallet: theirs, processorRefundId: id }, occasion),
      ...feeOf(transaction, { referenceId: made.id, of: "a refund" }, occasion),
    ],
    events: eventsOf(begun, made),
    audit: {
      action: "refund.made_by_hand",
      resource: { type: "refund", id: made.id },
      changes: [
        { field: "processorRefundId", before: null, after: id },
        { field: "amount", before: null, after: formatMoney(amount) },
      ],
    },
  };
}

interface Taken {
  readonly refund: Refund;
  readonly wallet: Wallet;
  readonly processorRefundId: string;
}

const taken = ({ refund: { id, amount }, wallet, processorRefundId }: Taken, occasion: Occasion): DecidedEntry =>
  entry(
    {
      key: entryKeys.refundPaid(processorRefundId),
      type: "refund",
      currency: amount.currency,
      referenceId: id,
      description: "Refunded by hand",
      processorIds: [processorRefundId],
    },
    [...debitLines(wallet, amount.amount), { account: platformAccount("stripe_balance"), amount: amount.amount }],
    occasion,
  );
