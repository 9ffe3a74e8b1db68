import { OwnError } from "#shared/domain/kernel/own-error";
import { createHash } from "node:crypto";
import Stripe from "stripe";
import { Currency, type Money } from "#shared/domain/kernel/money";
import { refuse, type RefusalCode } from "#shared/domain/kernel/refusal";
import { depositRefusals } from "#shared/domain/wallets/refusals";
import { PaymentKeys } from "#shared/ports/payment-keys";
import type { Payments } from "#shared/ports/payments";
import { rehearsedPayments } from "#shared/ports/rehearsed-payments";
import { answeredByStripe, asked, stripeAt } from "./client.ts";
import { eventOf, paymentOf } from "./shapes.ts";
import { jsonSecret } from "./secret.ts";

/** Age at which a webhook's signature is no longer taken. Source: Stripe, webhook signatures. */
const TOLERANCE_SECONDS = 300;

/** Of what a key of ours must not say. */
const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Payments at Stripe. There is no stand-in for missing keys: without them every call throws. */
export function stripePayments(env: {
  readonly STRIPE_SECRET_ARN: string;
  readonly STRIPE_API_BASE: string;
}): Payments {
  const secret = jsonSecret(env.STRIPE_SECRET_ARN, PaymentKeys);
  let client: { readonly key: string; readonly stripe: Stripe } | undefined;
  const connected = async (): Promise<Stripe> => {
    const { secretKey } = await secret();
    if (client?.key !== secretKey) client = { key: secretKey, stripe: stripeAt(env.STRIPE_API_BASE, secretKey) };
    return client.stripe;
  };
  return {
    rehearsal: rehearsedPayments,
    async createCustomer({ userId, email }) {
      const { customers } = await connected();
      const { id } = await createdOnce(
        // Under one key Stripe takes one set of parameters, and an address may change.
        `customer-${userId}-${digestOf(email)}`,
        (options) => customers.create({ email, metadata: { userId } }, options),
        async () =>
          (await customers.list({ email, limit: 100 })).data.find(({ metadata }) => metadata["userId"] === userId),
      );
      return { customerId: id };
    },
    async createPayment({ depositId, userId, customerId: customer, amount: { amount, currency } }) {
      const { paymentIntents } = await connected();
      const parameters = {
        amount,
        currency: currency.toLowerCase(),
        customer,
        automatic_payment_methods: { enabled: true },
        metadata: { depositId, userId },
      };
      const intent = await createdOnce(
        `deposit-${depositId}`,
        (options) => paymentIntents.create(parameters, options),
        async () =>
          (await paymentIntents.list({ customer, limit: 100 })).data.find(
            ({ metadata }) => metadata["depositId"] === depositId,
          ),
      ).catch(refuseAmount);
      return paymentOf(intent);
    },
    async retrievePayment(id) {
      const { paymentIntents } = await connected();
      return paymentOf(await answeredByStripe(() => asked(() => paymentIntents.retrieve(id))));
    },
    async verifyWebhook(rawBody, signature) {
      const { webhookSecret, previousWebhookSecret } = await secret();
      const secrets = [webhookSecret, ...(previousWebhookSecret ? [previousWebhookSecret] : [])];
      const { webhooks } = await connected();
      const signed = secrets.some((one) => isSigned(webhooks, rawBody, signature ?? "", one));
      return signed ? eventOf(rawBody) : undefined;
    },
    async balance() {
      const { balance } = await connected();
      const { available, pending } = await answeredByStripe(() => asked(() => balance.retrieve()));
      return sumsOf([...available, ...pending]);
    },
  };
}

/** The account may hold currencies that no wallet can: they are not in our books. */
function sumsOf(held: readonly { readonly amount: number; readonly currency: string }[]): Money[] {
  const sums = new Map<Currency, number>();
  for (const { amount, currency } of held) {
    const code = Currency.safeParse(currency.toUpperCase()).data;
    if (code !== undefined) sums.set(code, (sums.get(code) ?? 0) + amount);
  }
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}

/**
 * Creates something under its own key. A 500 says neither that it happened nor that it did not, and Stripe repeats it
 * under the key for a day: then the thing is looked for, and only when it is nowhere made under the key's second form.
 */
async function createdOnce<T>(
  key: string,
  create: (options: { readonly idempotencyKey: string }) => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<T> {
  const createUnder = (idempotencyKey: string) => asked(() => create({ idempotencyKey }));
  return answeredByStripe(async () => {
    try {
      return await createUnder(key);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeAPIError) || error.statusCode !== 500) throw error;
      return (await asked(find)) ?? createUnder(`${key}-again`);
    }
  });
}

/** Whether the secret signed exactly these bytes not long ago. */
function isSigned(
  { signature: signatures }: Stripe["webhooks"],
  rawBody: string,
  signature: string,
  secret: string,
): boolean {
  if (signatures === null) throw new OwnError("this build of Stripe's library cannot verify signatures");
  try {
    return signatures.verifyHeader(rawBody, signature, secret, TOLERANCE_SECONDS);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return false;
    throw error;
  }
}

const refusalOfCode: Readonly<Record<string, RefusalCode>> = {
  amount_too_small: depositRefusals.belowMinimum,
  amount_too_large: depositRefusals.aboveMaximum,
};

/** What the client can put right is a refusal; everything else is thrown as it is. */
function refuseAmount(error: unknown): never {
  const refusal = error instanceof Stripe.errors.StripeError ? refusalOfCode[error.code ?? ""] : undefined;
  if (refusal !== undefined && error instanceof Error) throw refuse(refusal, error.message);
  throw error;
}
