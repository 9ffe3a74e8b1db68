import { createHash } from "node:crypto";
import Stripe from "stripe";
import { OwnError } from "#shared/domain/kernel/own-error";
import { refuse, type RefusalCode } from "#shared/domain/kernel/refusal";
import { depositRefusals } from "#shared/domain/deposits/refusals";
import type { Payments } from "#shared/ports/payments";
import { rehearsedPayments } from "#shared/ports/rehearsed-payments";
import { sumsOf } from "./balances.ts";
import { connectionTo, createdOnce, everyOf, firstOf, read, type StripeEnvironment } from "./connection.ts";
import { recordOf } from "./records.ts";
import { createRefund } from "./refunds.ts";
import { eventOf, jsonOf, paymentOf } from "./shapes.ts";

/** Age at which a webhook's signature is no longer taken. Source: Stripe, webhook signatures. */
const TOLERANCE_SECONDS = 300;

/**
 * Debits of a bank account, by which no deposit is paid. Stripe counts one into our balance when it is asked for, days before the
 * payer's bank has answered, and for weeks after that the payer can take it back and need not say why.
 * Sources: docs.stripe.com/payments/bank-debits; docs.stripe.com/reports/balance-transaction-types, `payment_failure_refund`;
 * support.stripe.com/questions/sepa-direct-debit-payment-disputes.
 */
const bankDebits = ["acss_debit", "au_becs_debit", "bacs_debit", "nz_bank_account", "sepa_debit", "us_bank_account"];

/** Of what a key of ours must not say. */
const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Payments at Stripe. */
export function stripePayments(env: StripeEnvironment): Payments {
  const { keys, connected } = connectionTo(env);
  return {
    rehearsal: rehearsedPayments,
    async createCustomer({ userId, email }) {
      const { customers } = await connected();
      const { id } = await createdOnce(
        // Under one key Stripe takes one set of parameters, and an address may change.
        `customer-${userId}-${digestOf(email)}`,
        (options) => customers.create({ email, metadata: { userId } }, options),
        () =>
          firstOf(
            everyOf((page) => customers.list({ email, ...page })),
            ({ metadata }) => metadata["userId"] === userId,
          ),
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
        excluded_payment_method_types: bankDebits,
        metadata: { depositId, userId },
      };
      const intent = await createdOnce(
        `deposit-${depositId}`,
        (options) => paymentIntents.create(parameters, options),
        () =>
          firstOf(
            everyOf((page) => paymentIntents.list({ customer, ...page })),
            ({ metadata }) => metadata["depositId"] === depositId,
          ),
      ).catch(refuseAmount);
      return paymentOf(intent);
    },
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
