import { OwnError } from "#shared/domain/kernel/own-error";
import type { Money } from "#shared/domain/kernel/money";
import type { Payment, PaymentEvent } from "#shared/domain/wallets/payment";
import type { Payments } from "#shared/ports/payments";
import { rehearsedPayments } from "#shared/ports/rehearsed-payments";

/** The payment processor in memory, and the hands of a payer. */
export interface MemoryPayments extends Payments {
  /** The payer pays in full, or `received` of it. */
  pay(paymentIntentId: string, received?: number): void;
  cancel(paymentIntentId: string): void;
  /** A webhook as the processor would send it, signed. */
  webhook(paymentIntentId: string, eventId?: string): { readonly rawBody: string; readonly signature: string };
}

const SIGNATURE = "signed";

export function memoryPayments(): MemoryPayments {
  const customers = new Map<string, string>();
  const payments = new Map<string, Payment>();
  const byDeposit = new Map<string, string>();
  const existing = (id: string): Payment => {
    const payment = payments.get(id);
    if (payment === undefined) throw new OwnError(`no such payment intent: ${id}`);
    return payment;
  };
  return {
    rehearsal: rehearsedPayments,
    createCustomer({ userId }) {
      const customerId = customers.get(userId) ?? `cus_${customers.size + 1}`;
      customers.set(userId, customerId);
      return Promise.resolve({ customerId });
    },
    createPayment({ depositId, userId, customerId, amount }) {
      const id = byDeposit.get(depositId) ?? `pi_${payments.size + 1}`;
      byDeposit.set(depositId, id);
      const payment: Payment = payments.get(id) ?? {
        paymentIntentId: id,
        clientSecret: `${id}_secret`,
        status: "pending",
        amount,
        received: { ...amount, amount: 0 },
        customerId,
        metadata: { depositId, userId },
      };
      payments.set(id, payment);
      return Promise.resolve(payment);
    },
    retrievePayment: (id) => Promise.resolve(existing(id)),
    verifyWebhook(rawBody, signature) {
      return Promise.resolve(signature === SIGNATURE ? (JSON.parse(rawBody) as PaymentEvent) : undefined);
    },
    balance: () => Promise.resolve(balances([...payments.values()])),
    pay(id, received) {
      const payment = existing(id);
      const amount = received ?? payment.amount.amount;
      payments.set(id, { ...payment, status: "succeeded", received: { ...payment.amount, amount } });
    },
    cancel: (id) => void payments.set(id, { ...existing(id), status: "canceled" }),
    webhook(id, eventId = `evt_${id}`) {
      const event: PaymentEvent = { kind: "payment", eventId, payment: existing(id) };
      return { rawBody: JSON.stringify(event), signature: SIGNATURE };
    },
  };
}

function balances(payments: readonly Payment[]): Money[] {
  const sums = new Map<Money["currency"], number>();
  for (const { received } of payments)
    sums.set(received.currency, (sums.get(received.currency) ?? 0) + received.amount);
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}
