import { collectionOf } from "../account.ts";
import type { Call } from "../call.ts";
import type { Metadata } from "../metadata.ts";
import { recordMovement } from "./balance-transactions.ts";

/** Stripe's `payout`. */
export interface Payout {
  readonly id: string;
  readonly object: "payout";
  readonly amount: number;
  readonly application_fee: null;
  readonly application_fee_amount: null;
  readonly arrival_date: number;
  readonly automatic: false;
  readonly balance_transaction: string;
  readonly created: number;
  readonly currency: string;
  readonly description: string | null;
  readonly destination: string | null;
  readonly failure_balance_transaction: string | null;
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly method: string;
  readonly original_payout: null;
  readonly payout_method: null;
  readonly reconciliation_status: "not_applicable";
  readonly reversed_by: null;
  readonly source_type: string;
  readonly statement_descriptor: string | null;
  readonly status: "pending" | "in_transit" | "paid" | "failed" | "canceled";
  readonly trace_id: { readonly status: string; readonly value: string | null };
  readonly type: "bank_account";
}

/** The payouts of an account. */
export const payouts = collectionOf<Payout>("payout");

// https://docs.stripe.com/api/payouts/failures
const failures = {
  account_closed: "The bank account has been closed.",
  account_frozen: "The bank account has been frozen.",
  bank_account_restricted:
    "The bank account has restrictions on either the type, or the number, of payouts allowed. This normally indicates that the bank account is a savings or other non-checking account.",
  could_not_process: "The bank could not process this payout.",
  debit_not_authorized: "Debit transactions are not approved on your bank account.",
  declined: "The bank has declined this transfer. Please contact the bank before retrying.",
  incorrect_account_holder_name: "Your bank notified us that the bank account holder name on file is incorrect.",
  insufficient_funds: "Your Stripe account has insufficient funds to cover the payout.",
  invalid_account_number: "The routing number seems correct, but the account number is invalid.",
  invalid_currency: "The bank was unable to process this payout because of its currency.",
  no_account:
    "The bank account details on file are probably incorrect. No bank account could be located with those details.",
} as const;

/** Why a bank gives money back. */
export type FailureCode = keyof typeof failures;

/** All of them. */
export const failureCodes = Object.keys(failures) as FailureCode[];

const failing = new WeakMap<object, FailureCode>();

/** Makes every payout of an account fail from now on, or none any more. */
export function setFailing(call: Call, code: FailureCode | null): void {
  if (code === null) failing.delete(call.account);
  else failing.set(call.account, code);
}

function returned(call: Call, payout: Payout, type: "payout_cancel" | "payout_failure"): string {
  const { amount, currency, id } = payout;
  const text = { type, reportingCategory: "payout_reversal", description: `${type.toUpperCase().replace("_", " ")}` };
  const movement = { ...text, amount, currency, fee: 0, source: id, availableOnSeconds: call.nowSeconds };
  return recordMovement(call, movement).id;
}

/** The bank gives the money back, which may happen days after it was paid. */
export function failPayout(call: Call, payout: Payout, code: FailureCode): Payout {
  const failed = payouts(call.account).put({
    ...payout,
    failure_balance_transaction: returned(call, payout, "payout_failure"),
    failure_code: code,
    failure_message: failures[code],
    status: "failed",
  });
  call.emit("payout.failed", failed);
  return failed;
}

/** The money comes back before it left. */
export function cancelPayout(call: Call, payout: Payout): Payout {
  const back = returned(call, payout, "payout_cancel");
  const canceled = payouts(call.account).put({
    ...payout,
    failure_balance_transaction: back,
    status: "canceled",
  });
  call.emit("payout.canceled", canceled);
  return canceled;
}

/** The money is on its way. */
export function sendPayout(call: Call, payout: Payout): Payout {
  const sent = payouts(call.account).put({ ...payout, status: "in_transit" });
  call.emit("payout.updated", sent);
  return sent;
}

/** The money is in the bank, or comes back where the account's payouts fail. */
export function settlePayout(call: Call, payout: Payout): Payout {
  const code = failing.get(call.account);
  if (code !== undefined) return failPayout(call, payout, code);
  const trace_id = { status: "supported", value: `LOCAL${payout.id.slice(-10).toUpperCase()}` };
  const paid = payouts(call.account).put({ ...payout, arrival_date: call.nowSeconds, status: "paid", trace_id });
  call.emit("payout.paid", paid);
  return paid;
}
