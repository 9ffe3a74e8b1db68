/** What of a payment is not what its deposit asked for. */
import type { Instant } from "../kernel/time.ts";
import type { Payment } from "../processor/payment.ts";
import type { Deposit, Mismatch } from "./deposit.ts";

/** Why this payment cannot be credited as this deposit, if anything. */
export function mismatchOf(deposit: Deposit, payment: Payment, at: Instant): Mismatch | undefined {
  const reason = reasonOf(deposit, payment);
  if (reason === undefined) return undefined;
  const { paymentIntentId, status: paymentStatus, amount, received } = payment;
  return { reason, paymentIntentId, paymentStatus, amount, received, at };
}

function reasonOf(deposit: Deposit, payment: Payment): Mismatch["reason"] | undefined {
  if (!isOf(deposit, payment)) return "foreign";
  const { amount, received, status } = payment;
  const asked = deposit.amount;
  if (amount.currency !== asked.currency || received.currency !== asked.currency) return "currency";
  const whole = amount.amount === asked.amount && received.amount === asked.amount;
  return status === "succeeded" && !whole ? "amount" : undefined;
}

const isOf = (deposit: Deposit, { paymentIntentId, metadata, customerId }: Payment): boolean =>
  paymentIntentId === deposit.paymentIntentId &&
  metadata["depositId"] === deposit.id &&
  metadata["userId"] === deposit.userId &&
  (deposit.customerId === undefined || customerId === deposit.customerId);
