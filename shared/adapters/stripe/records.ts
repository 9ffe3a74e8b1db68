import Stripe from "stripe";
import type { PaymentRecord } from "#shared/domain/processor/payment";
import { answeredByStripe } from "./client.ts";
import { everyOf, read } from "./connection.ts";
import { disputeOf, paymentIfOurs, refundOf } from "./shapes.ts";

/** A payment with what came of it. Undefined when Stripe does not know it: it is of another account, or of the other mode. */
export async function recordOf(
  { paymentIntents, refunds, disputes }: Stripe,
  id: string,
): Promise<PaymentRecord | undefined> {
  const expand = ["latest_charge.balance_transaction"];
  const intent = await read(() => paymentIntents.retrieve(id, { expand })).catch(undefinedWhenUnknown);
  const payment = intent && paymentIfOurs(intent);
  if (payment === undefined) return undefined;
  return answeredByStripe(async () => ({
    payment,
    refunds: await mapped(
      everyOf((page) => refunds.list({ payment_intent: id, expand: ["data.balance_transaction"], ...page })),
      refundOf,
    ),
    disputes: await mapped(
      everyOf((page) => disputes.list({ payment_intent: id, ...page })),
      disputeOf,
    ),
  }));
}

/** For what Stripe says it does not have. */
export function undefinedWhenUnknown(error: unknown): undefined {
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return undefined;
  throw error;
}

async function mapped<T, R>(things: AsyncIterable<T>, shape: (thing: T) => R): Promise<R[]> {
  const all: R[] = [];
  for await (const thing of things) all.push(shape(thing));
  return all;
}
