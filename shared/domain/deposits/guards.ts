/** What must hold before a deposit's status changes: only the processor's word counts. */
import { type Guard, notDue } from "../kernel/lifecycle.ts";
import { lifecycleRefusals } from "../kernel/refusals.ts";
import type { Instant } from "../kernel/time.ts";
import { houseMovementRefusals } from "../ledger/refusals.ts";
import type { Payment } from "../processor/payment.ts";
import type { Deposit } from "./deposit.ts";
import { mismatchOf } from "./mismatch.ts";

/** All of it: one that was captured in part is not what was asked for. */
const isReceived = ({ status, amount, received }: Payment): boolean =>
  status === "succeeded" && received.amount > 0 && received.amount === amount.amount;

export const moneyReceived: Guard<Payment> = {
  says: "the processor has received the money",
  refuses: [lifecycleRefusals.notDue],
  stops: (payment) => (isReceived(payment) ? [] : [notDue(`The payment is ${payment.status}`)]),
};

export const cameToNothing: Guard<Payment> = {
  says: "the payment was cancelled at the processor",
  refuses: [lifecycleRefusals.notDue],
  stops: ({ status }) => (status === "canceled" ? [] : [notDue(`The payment is ${status}`)]),
};

/** A deposit, and its payment as the processor tells of it now, if it does. */
export interface Misfit {
  readonly deposit: Deposit;
  readonly payment: Payment | undefined;
}

/** Noted, and still so: what was put right at the processor is credited. */
const isMisfit = ({ deposit, payment }: Misfit, now: Instant): boolean =>
  payment !== undefined &&
  deposit.mismatch?.paymentIntentId === payment.paymentIntentId &&
  mismatchOf(deposit, payment, now) !== undefined;

export const paidOtherwise: Guard<Misfit> = {
  says: "what was paid is not what it asked for, and was noted",
  refuses: [houseMovementRefusals.notTheHouses],
  stops: (misfit, { now }) =>
    isMisfit(misfit, now)
      ? []
      : [
          {
            refusal: houseMovementRefusals.notTheHouses,
            detail: `It can still be credited, by process-stripe-event or sweep-deposits, to deposit ${misfit.deposit.id}`,
          },
        ],
};
