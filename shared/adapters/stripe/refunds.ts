import Stripe from "stripe";
import type { ProcessorRefund, RefundOrder } from "#shared/domain/processor/payment";
import { answeredByStripe } from "./client.ts";
import { createdOnce, everyOf, firstOf } from "./connection.ts";
import { refundOf } from "./shapes.ts";

/**
 * Refunds of ours say whose they are: what they were made under is forgotten after a day. Metadata is not, but whoever has the
 * dashboard may empty or copy it, so that one whose name there is known goes by that alone. A refusal is believed when it is not
 * there: Stripe may carry out late what it answered with a 500, and then refuses it as done already.
 * Source: docs.stripe.com/error-low-level, "Server errors".
 */
export async function createRefund({ refunds }: Stripe, order: RefundOrder): Promise<ProcessorRefund> {
  const { refundId, depositId, userId, paymentIntentId: payment_intent, amount } = order;
  const expand = ["balance_transaction"];
  const find = () =>
    firstOf(
      everyOf((page) => refunds.list({ payment_intent, expand: ["data.balance_transaction"], ...page })),
      ({ id, metadata, amount: refunded }) =>
        order.processorRefundId === undefined
          ? metadata?.["refundId"] === refundId && metadata["depositId"] === depositId && refunded === amount.amount
          : id === order.processorRefundId,
    );
  const there = order.mayBeThere ? await answeredByStripe(find) : undefined;
  if (there !== undefined) return refundOf(there);
  const parameters = { payment_intent, amount: amount.amount, metadata: { refundId, depositId, userId }, expand };
  try {
    const key = `refund-${refundId}-${depositId}`;
    return refundOf(await createdOnce(key, (options) => refunds.create(parameters, options), find));
  } catch (error) {
    const refused = refusedFor(error, order);
    const meanwhile = await answeredByStripe(find);
    return meanwhile === undefined ? refused : refundOf(meanwhile);
  }
}

/**
 * What Stripe will not do, whoever asks again: it is all given back, it is disputed, or it was never paid. A parameter that is
 * wrong is a defect of ours, and no answer. Sources: stripe-node 23.1.0, codes of errors; its words for an amount that is too high have
 * no code, and name the parameter.
 */
const forGood: readonly (string | undefined)[] = [
  "charge_already_refunded",
  "charge_disputed",
  "charge_not_refundable",
  "refund_disputed_payment",
];

function refusedFor(error: unknown, { amount, refundId, depositId, userId }: RefundOrder): ProcessorRefund {
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  const { code, param } = error;
  const tooMuch = code === undefined && param === "amount";
  if (!tooMuch && !forGood.includes(code)) throw error;
  return { status: "failed", amount, metadata: { refundId, depositId, userId }, failure: code ?? "amount_too_large" };
}
