/** What is made at Stripe before somebody pays in: their customer, and the payment. */
import { createHash } from "node:crypto";
import Stripe from "stripe";
import { refuse, type RefusalCode } from "#shared/domain/kernel/refusal";
import { depositRefusals } from "#shared/domain/deposits/refusals";
import type { Payment } from "#shared/domain/processor/payment";
import type { Payments } from "#shared/ports/payments";
import { createdOnce, everyOf, firstOf } from "./connection.ts";
import { paymentOf } from "./shapes.ts";

/**
 * Debits of a bank account, by which no deposit is paid. Stripe counts one into our balance when it is asked for, days before the
 * payer's bank has answered, and for weeks after that the payer can take it back and need not say why.
 * Sources: docs.stripe.com/payments/bank-debits; docs.stripe.com/reports/balance-transaction-types, `payment_failure_refund`;
 * support.stripe.com/questions/sepa-direct-debit-payment-disputes.
 */
const bankDebits = ["acss_debit", "au_becs_debit", "bacs_debit", "nz_bank_account", "sepa_debit", "us_bank_account"];

/** Of what a key of ours must not say. */
const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

interface CustomerOrder {
  readonly userId: string;
  readonly email: string;
  /** The one that is gone. */
  readonly instead?: string;
}

/** The id of a user's customer, who is made once. */
export async function customerOf({ customers }: Stripe, { userId, email, instead }: CustomerOrder): Promise<string> {
  // Under one key Stripe takes one set of parameters, and an address may change; and it would give the customer again who is gone.
  const key = `customer-${userId}-${digestOf(email)}${instead === undefined ? "" : `-instead-of-${instead}`}`;
  const { id } = await createdOnce(
    key,
    (options) => customers.create({ email, metadata: { userId } }, options),
    () =>
      firstOf(
        everyOf((page) => customers.list({ email, ...page })),
        ({ metadata }) => metadata["userId"] === userId,
      ),
  );
  return id;
}

type PaymentOrder = Parameters<Payments["createPayment"]>[0];

/**
 * A deposit's payment, of the customer who is known or, where that one was deleted in the dashboard, of another: nothing can be
 * charged to a deleted one, for ever. Sources: docs.stripe.com/api/customers/delete; of the answer ("No such customer",
 * `resource_missing` of `customer`), github.com/redwoodjs/example-store-stripe, pull request 168.
 */
export async function createPayment(stripe: Stripe, order: PaymentOrder): Promise<Payment> {
  try {
    return await paymentFor(stripe, order);
  } catch (error) {
    if (!isGone(error)) throw error;
    const { userId, email, customerId: instead } = order;
    return await paymentFor(stripe, { ...order, customerId: await customerOf(stripe, { userId, email, instead }) });
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  error.code === "resource_missing" &&
  error.param === "customer";

async function paymentFor({ paymentIntents }: Stripe, order: PaymentOrder): Promise<Payment> {
  const { depositId, userId, customerId: customer, amount } = order;
  const parameters = {
    amount: amount.amount,
    currency: amount.currency.toLowerCase(),
    customer,
    automatic_payment_methods: { enabled: true },
    excluded_payment_method_types: bankDebits,
    metadata: { depositId, userId },
  };
  const intent = await createdOnce(
    // Whose it is is a parameter, of which Stripe takes one under one key.
    `deposit-${depositId}-${customer}`,
    (options) => paymentIntents.create(parameters, options),
    () =>
      firstOf(
        everyOf((page) => paymentIntents.list({ customer, ...page })),
        ({ metadata }) => metadata["depositId"] === depositId,
      ),
  ).catch(refuseAmount);
  return paymentOf(intent);
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
