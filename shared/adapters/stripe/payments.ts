import Stripe from "stripe";
import * as z from "zod";
import { Currency, type Money } from "#shared/domain/kernel/money";
import { refuse } from "#shared/domain/kernel/refusal";
import { depositRefusals } from "#shared/domain/wallets/refusals";
import type { Payment, Payments } from "#shared/ports/payments";
import { jsonSecret } from "./secret.ts";

/** Named here, so that a new library is not silently a new API. */
const API_VERSION = "2026-10-28.endive";
const TIMEOUT_MS = 8_000;
/** Age at which a webhook's signature is no longer taken. Source: Stripe, webhook signatures. */
const TOLERANCE_SECONDS = 300;

/** `previousWebhookSecret` is still taken while a rotation is under way. */
const Keys = z.object({
  secretKey: z.string().regex(/^(sk|rk)_(test|live)_/, "must be a Stripe secret key"),
  webhookSecret: z.string().startsWith("whsec_"),
  previousWebhookSecret: z.string().startsWith("whsec_").optional(),
});

/** Payments at Stripe. There is no stand-in for missing keys: without them every call throws. */
export function stripePayments(env: {
  readonly STRIPE_SECRET_ARN: string;
  readonly STRIPE_API_BASE: string;
}): Payments {
  const secret = jsonSecret(env.STRIPE_SECRET_ARN, Keys);
  let client: { readonly key: string; readonly stripe: Stripe } | undefined;
  const connected = async (): Promise<Stripe> => {
    const { secretKey } = await secret();
    if (client?.key !== secretKey) client = { key: secretKey, stripe: stripeAt(env.STRIPE_API_BASE, secretKey) };
    return client.stripe;
  };
  return {
    async createCustomer({ userId, email }) {
      const parameters = { email, metadata: { userId } };
      const customer = await (await connected()).customers.create(parameters, { idempotencyKey: `customer-${userId}` });
      return { customerId: customer.id };
    },
    async createPayment({ depositId, userId, customerId, amount }) {
      const parameters = {
        amount: amount.amount, currency: amount.currency.toLowerCase(), customer: customerId,
        automatic_payment_methods: { enabled: true }, metadata: { depositId, userId },
      }; // prettier-ignore
      const create = (await connected()).paymentIntents.create(parameters, { idempotencyKey: `deposit-${depositId}` });
      return paymentOf(await create.catch(refuseSmallAmount));
    },
    retrievePayment: async (id) => paymentOf(await (await connected()).paymentIntents.retrieve(id)),
    async verifyWebhook(rawBody, signature) {
      const { webhookSecret, previousWebhookSecret } = await secret();
      const secrets = [webhookSecret, ...(previousWebhookSecret ? [previousWebhookSecret] : [])];
      const event = verified(await connected(), rawBody, signature ?? "", secrets);
      if (event === undefined) return undefined;
      const { id: eventId, type } = event;
      return isPaymentEvent(event)
        ? { kind: "payment", eventId, payment: paymentOf(event.data.object) }
        : { kind: "ignored", eventId, type };
    },
    async balance() {
      const { available, pending } = await (await connected()).balance.retrieve();
      const sums = new Map<Currency, number>();
      for (const { amount, currency } of [...available, ...pending]) {
        const code = Currency.parse(currency.toUpperCase());
        sums.set(code, (sums.get(code) ?? 0) + amount);
      }
      return [...sums].map(([currency, amount]): Money => ({ amount, currency }));
    },
  };
}

function stripeAt(base: string, key: string): Stripe {
  const { protocol, hostname, port } = new URL(base);
  return new Stripe(key, {
    apiVersion: API_VERSION,
    protocol: protocol === "http:" ? "http" : "https",
    host: hostname,
    ...(port !== "" && { port: Number(port) }),
    maxNetworkRetries: 2,
    timeout: TIMEOUT_MS,
    telemetry: false,
  });
}

/** The event, when one of the secrets signed exactly these bytes not long ago. */
function verified(
  stripe: Stripe,
  rawBody: string,
  signature: string,
  secrets: readonly string[],
): Stripe.Event | undefined {
  for (const secret of secrets) {
    try {
      return stripe.webhooks.constructEvent(rawBody, signature, secret, TOLERANCE_SECONDS);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw error;
    }
  }
  return undefined;
}

type PaymentIntentEvent = Extract<Stripe.Event, { readonly data: { readonly object: Stripe.PaymentIntent } }>;
const isPaymentEvent = (event: Stripe.Event): event is PaymentIntentEvent => event.type.startsWith("payment_intent.");

function refuseSmallAmount(error: unknown): never {
  if (error instanceof Stripe.errors.StripeError && error.code === "amount_too_small")
    throw refuse(depositRefusals.belowMinimum, error.message);
  throw error;
}

function paymentOf(intent: Stripe.PaymentIntent): Payment {
  const currency = Currency.parse(intent.currency.toUpperCase());
  return {
    paymentIntentId: intent.id,
    clientSecret: intent.client_secret ?? "",
    status: intent.status === "succeeded" ? "succeeded" : intent.status === "canceled" ? "canceled" : "pending",
    amount: { amount: intent.amount, currency },
    received: { amount: intent.amount_received, currency },
    customerId: typeof intent.customer === "string" ? intent.customer : intent.customer?.id,
    metadata: intent.metadata,
  };
}
