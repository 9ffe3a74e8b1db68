/** What must hold before a deposit's status changes: only the processor's word counts. */
import { type Guard, notDue } from "../kernel/lifecycle.ts";
import { lifecycleRefusals } from "../kernel/refusals.ts";
import type { Payment } from "../processor/payment.ts";

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
