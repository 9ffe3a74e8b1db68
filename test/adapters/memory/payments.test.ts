import { memoryPayments } from "#shared/adapters/memory/payments";
import { paymentsSuite } from "../suites/payments.ts";

paymentsSuite("memory", () => {
  const payments = memoryPayments();
  return Promise.resolve({
    payments,
    pay: (id) => Promise.resolve(payments.pay(id)),
    cancel: (id) => Promise.resolve(payments.cancel(id)),
    deleteCustomer: (id) => Promise.resolve(payments.deleteCustomer(id)),
    webhook: (id) => Promise.resolve(payments.webhook(id)),
  });
});
