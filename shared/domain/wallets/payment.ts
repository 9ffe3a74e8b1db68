import type { Money } from "../kernel/money.ts";

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
