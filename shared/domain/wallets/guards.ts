/** What must hold before a deposit's status changes: only the processor's word counts. */
import { type Guard, notDue } from "../kernel/lifecycle.ts";
import { lifecycleRefusals } from "../kernel/refusals.ts";
import type { Payment } from "./payment.ts";

const isReceived = ({ status, received }: Payment): boolean => status === "succeeded" && received.amount > 0;

export const moneyReceived: Guard<Payment> = {
  says: "the processor has received the money",
  refuses: [lifecycleRefusals.notDue],
  stops: (payment) => (isReceived(payment) ? [] : [notDue(`The payment is ${payment.status}`)]),
};

export const cameToNothing: Guard<Payment> = {
  says: "the payment was cancelled at the processor, or brought nothing",
  refuses: [lifecycleRefusals.notDue],
  stops: (payment) =>
    payment.status === "pending" || isReceived(payment) ? [notDue(`The payment is ${payment.status}`)] : [],
};
