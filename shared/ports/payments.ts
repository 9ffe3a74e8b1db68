import type { Money } from "#shared/domain/kernel/money";

/** A payment as the processor knows it. `received` is what the payer really paid. */
export interface Payment {
  readonly paymentIntentId: string;
  readonly clientSecret: string;
  readonly status: "pending" | "succeeded" | "canceled";
  readonly amount: Money;
  readonly received: Money;
  readonly customerId: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the processor told us by webhook. Kinds we do not act on are `ignored`. */
export type PaymentEvent =
  | { readonly kind: "payment"; readonly eventId: string; readonly payment: Payment }
  | { readonly kind: "ignored"; readonly eventId: string; readonly type: string };

export interface Payments {
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
