import { money } from "#shared/domain/kernel/money";
import type { Payments } from "./payments.ts";

/** Of every processor: what a rehearsal is given for a payment that nobody made. */
export const rehearsedPayments: Payments["rehearsal"] = {
  createCustomer: () => Promise.resolve({ customerId: "cus_rehearsal" }),
  createPayment: ({ depositId, userId, customerId, amount }) =>
    Promise.resolve({
      paymentIntentId: "pi_rehearsal",
      clientSecret: "pi_rehearsal_secret",
      status: "pending",
      amount,
      received: money(0, amount.currency),
      customerId,
      metadata: { depositId, userId },
    }),
};
