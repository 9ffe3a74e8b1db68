import type { Money } from "#shared/domain/kernel/money";
import type { Payment, PaymentEvent } from "#shared/domain/wallets/payment";

export interface Payments {
  /** What stands in for making things while a call is only rehearsed: nothing is made, and what is given back names nothing. */
  readonly rehearsal: Pick<Payments, "createCustomer" | "createPayment">;
  /** Makes the payer's customer, once per user: the same `userId` gives the same customer, also after a lost reply. */
  createCustomer(of: { readonly userId: string; readonly email: string }): Promise<{ readonly customerId: string }>;
  /** Makes a payment; the same `depositId` gives the same payment. */
  createPayment(of: {
    readonly depositId: string;
    readonly userId: string;
    readonly customerId: string;
    readonly amount: Money;
  }): Promise<Payment>;
  retrievePayment(paymentIntentId: string): Promise<Payment>;
  /** Undefined when the signature, its age (over 300 s) or the body is not the processor's. */
  verifyWebhook(rawBody: string, signature: string | undefined): Promise<PaymentEvent | undefined>;
  /** What the processor holds for us, available and pending together. */
  balance(): Promise<readonly Money[]>;
}
