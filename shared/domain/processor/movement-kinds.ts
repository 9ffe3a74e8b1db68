/**
 * What moves our money at the processor, kind by kind: who books it. A kind that is not here is one that the house never
 * causes. Sources: docs.stripe.com/reports/balance-transaction-types, docs.stripe.com/reports/reporting-categories; of
 * `network_cost`, which accounts with interchange pricing get and the API's list leaves out, github.com/stripe/stripe-php
 * issues 1604 and 2069.
 */
import type { PlatformAccount } from "../ledger/account.ts";
import type { ProcessorMovement } from "./movement.ts";

/** What a kind is to a payment: what the payer paid, or what came of it. */
export type PaymentPart = "charge" | "sequel";

/**
 * By whom a kind is booked: by an admin, to an account of the house, or by actions that follow what it belongs to. What is part
 * of a payment is theirs while a deposit is credited for it, or can be.
 */
export type BookedBy = { readonly account: PlatformAccount } | { readonly actions: string; readonly of?: PaymentPart };

const capital: BookedBy = { account: "house_capital" };
const fees: BookedBy = { account: "stripe_fees" };
const deposit: BookedBy = { actions: "process-stripe-event or sweep-deposits, with its deposit", of: "charge" };
const brandsRefund: BookedBy = { actions: "process-stripe-event or sweep-refunds, with its refund", of: "sequel" };
const cardDispute: BookedBy = { actions: "process-stripe-event, with its card dispute", of: "sequel" };
const creatorsPayout: BookedBy = { actions: "carry-out-payouts, with its creator's payout" };

const kinds: Readonly<Record<string, BookedBy>> = {
  topup: capital,
  topup_reversal: capital,
  // Of the platform's own account: creators' payouts leave from theirs, and are not among its movements.
  payout: capital,
  payout_cancel: capital,
  payout_failure: capital,
  // Connect, Radar and the like; their tax is the movement's own fee, or a `tax_fee`.
  stripe_fee: fees,
  stripe_fx_fee: fees,
  tax_fee: fees,
  network_cost: fees,
  "adjustment fee": fees,
  "adjustment other_adjustment": fees,
  charge: deposit,
  payment: deposit,
  refund: brandsRefund,
  payment_refund: brandsRefund,
  refund_failure: brandsRefund,
  payment_failure_refund: brandsRefund,
  "adjustment refund_failure": brandsRefund,
  "adjustment dispute": cardDispute,
  "adjustment dispute_reversal": cardDispute,
  transfer: creatorsPayout,
  transfer_refund: creatorsPayout,
  transfer_failure: creatorsPayout,
  transfer_cancel: creatorsPayout,
};

/**
 * Types that are nothing but a fee when they take something: nobody asks for them, and nobody can steal by them. `type` of the
 * list takes each, `network_cost` included (github.com/stripe/stripe-php issue 1604).
 */
export const feeTypes: readonly string[] = ["stripe_fee", "stripe_fx_fee", "tax_fee", "network_cost"];

/** What tells one kind from the others: its type; of adjustments, which are of many kinds, their category as well. */
export const kindOf = ({ type, category }: ProcessorMovement): string =>
  type === "adjustment" ? `${type} ${category}` : type;

/** Nobody's, when the house never causes such a thing. */
export const bookedBy = (movement: ProcessorMovement): BookedBy | undefined => kinds[kindOf(movement)];

/** The account on whose other side a movement of the house's own money is booked; undefined for everything else. */
export function houseAccountOf(movement: ProcessorMovement): PlatformAccount | undefined {
  const by = bookedBy(movement);
  return by !== undefined && "account" in by ? by.account : undefined;
}

/** Undefined for what is part of no payment. */
export function paymentPartOf(movement: ProcessorMovement): PaymentPart | undefined {
  const by = bookedBy(movement);
  return by !== undefined && "of" in by ? by.of : undefined;
}

/** In a sentence, for whom it may concern: whose movement it is. */
export function whoBooks(movement: ProcessorMovement): string {
  const by = bookedBy(movement);
  return by !== undefined && "actions" in by
    ? `A ${kindOf(movement)} is booked by ${by.actions}`
    : `Nothing books a ${kindOf(movement)}: the house never causes one`;
}
