import Stripe from "stripe";
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Payments } from "#shared/ports/payments";
import { rehearsedPayments } from "#shared/ports/rehearsed-payments";
import { sumsOf } from "./balances.ts";
import { createPayment, customerOf } from "./charging.ts";
import { connectionTo, read, type StripeEnvironment } from "./connection.ts";
import { recordOf } from "./records.ts";
import { createRefund } from "./refunds.ts";
import { eventOf, jsonOf, paymentOf } from "./shapes.ts";

/** Age at which a webhook's signature is no longer taken. Source: Stripe, webhook signatures. */
const TOLERANCE_SECONDS = 300;

/** Payments at Stripe. */
export function stripePayments(env: StripeEnvironment): Payments {
  const { keys, connected } = connectionTo(env);
  return {
    rehearsal: rehearsedPayments,
    createCustomer: async (of) => ({ customerId: await customerOf(await connected(), of) }),
    createPayment: async (order) => createPayment(await connected(), order),
    async retrievePayment(id) {
      const { paymentIntents } = await connected();
      return paymentOf(
        await read(() => paymentIntents.retrieve(id, { expand: ["latest_charge.balance_transaction"] })),
      );
    },
    recordOf: async (id) => recordOf(await connected(), id),
    createRefund: async (order) => createRefund(await connected(), order),
    async verifyWebhook(rawBody, signature) {
      const { webhookSecret, previousWebhookSecret, connectWebhookSecret, previousConnectWebhookSecret } = await keys();
      const secrets = [webhookSecret, previousWebhookSecret, connectWebhookSecret, previousConnectWebhookSecret];
      const { webhooks } = await connected();
      const signed = secrets.some((one) => one !== undefined && isSigned(webhooks, rawBody, signature ?? "", one));
      return signed ? eventOf(jsonOf(rawBody)) : undefined;
    },
    async balance() {
      const { balance } = await connected();
      // What is held back because creators' accounts there are overdrawn came out of `available`, comes back to it, and is the
      // house's meanwhile. Nothing may be said of it. Sources: docs.stripe.com/api/balance/balance_object,
      // support.stripe.com/questions/reserves-for-connect-platforms-and-connected-accounts.
      const { available, pending, connect_reserved: heldBack } = await read(() => balance.retrieve());
      return sumsOf([...available, ...pending, ...(heldBack ?? [])]);
    },
  };
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
