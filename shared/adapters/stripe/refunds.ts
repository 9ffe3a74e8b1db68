import Stripe from "stripe";
import type { ProcessorRefund, RefundOrder } from "#shared/domain/processor/payment";
import { answeredByStripe, asked } from "./client.ts";
import { everyOf, firstOf, read } from "./connection.ts";
import { refundOf } from "./shapes.ts";

/**
 * Refunds of ours say whose they are: what they were made under is forgotten after a day. Metadata is not, but whoever has the
 * dashboard may empty or copy it, so that one whose name there is known goes by that alone, and is never made again. Nothing but what is found is believed
 * beside a yes. A 500 leaves open whether the refund is made, also later: asked for under another key it could go out twice. It is
 * asked for under its own, which gives the 500 again until it is forgotten, and looked for each time. A refusal is believed
 * when it is not there: of one that was carried out late it says that it is done already.
 * Source: docs.stripe.com/error-low-level, "Server errors".
 *
 * @throws Unavailable when nobody knows: then it is asked for again
 */
export async function createRefund({ refunds }: Stripe, order: RefundOrder): Promise<ProcessorRefund> {
  const { refundId, depositId, userId, paymentIntentId: payment_intent, amount } = order;
  const expand = ["balance_transaction"];
  const known = order.processorRefundId;
  if (known !== undefined) return refundOf(await read(() => refunds.retrieve(known, { expand })));
  const find = () =>
    firstOf(
      everyOf((page) => refunds.list({ payment_intent, expand: ["data.balance_transaction"], ...page })),
      // A payment is one deposit's. Whoever makes it by hand instead gives it the refund's name alone.
      ({ metadata, amount: refunded }) => metadata?.["refundId"] === refundId && refunded === amount.amount,
    );
  const parameters = { payment_intent, amount: amount.amount, metadata: { refundId, depositId, userId }, expand };
  const idempotencyKey = `refund-${refundId}-${depositId}`;
  return answeredByStripe(async () => {
    const there = order.mayBeThere ? await find() : undefined;
    if (there !== undefined) return refundOf(there);
    try {
      return refundOf(await asked(() => refunds.create(parameters, { idempotencyKey })));
    } catch (error) {
      const meanwhile = await find();
      return meanwhile === undefined ? refusedFor(error, order) : refundOf(meanwhile);
    }
  });
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
