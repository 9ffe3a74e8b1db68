import * as z from "zod";
import { Currency } from "#shared/domain/kernel/money";
import type { Payment, PaymentEvent } from "#shared/domain/wallets/payment";

/** What we read of Stripe's objects. Its own types say what should come; these say what came. */
const PaymentIntent = z.object({
  id: z.string(),
  client_secret: z.string().nullish(),
  status: z.string(),
  amount: z.int(),
  amount_received: z.int(),
  currency: z
    .string()
    .transform((code) => code.toUpperCase())
    .pipe(Currency),
  customer: z.union([z.string(), z.object({ id: z.string() })]).nullish(),
  metadata: z.record(z.string(), z.string()),
});
const Event = z.object({ id: z.string(), type: z.string(), data: z.object({ object: z.unknown() }).optional() });

/** @throws when it is no payment intent, or in a currency that no wallet can hold. */
export const paymentOf = (intent: unknown): Payment => payment(PaymentIntent.parse(intent));

function payment(intent: z.infer<typeof PaymentIntent>): Payment {
  const { id, client_secret, status, amount, amount_received, currency, customer, metadata } = intent;
  return {
    paymentIntentId: id,
    clientSecret: client_secret ?? "",
    // What is neither paid nor cancelled may still be either.
    status: status === "succeeded" || status === "canceled" ? status : "pending",
    amount: { amount, currency },
    received: { amount: amount_received, currency },
    customerId: typeof customer === "string" ? customer : customer?.id,
    metadata,
  };
}

/**
 * A signed event. A payment that cannot be one of ours, like one in a currency that no wallet holds, is ignored.
 * Undefined when the body is not an event at all.
 */
export function eventOf(rawBody: string): PaymentEvent | undefined {
  const event = Event.safeParse(jsonOf(rawBody));
  if (!event.success) return undefined;
  const { id: eventId, type, data } = event.data;
  const intent = type.startsWith("payment_intent.") ? PaymentIntent.safeParse(data?.object) : undefined;
  return intent?.success
    ? { kind: "payment", eventId, payment: payment(intent.data) }
    : { kind: "ignored", eventId, type };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of the ways a body is not an event; the caller says so.
    return undefined;
  }
}
