/** Payments that were paid, through Stripe's own client against the local Stripe, with faults by its control calls. */
import { randomUUID } from "node:crypto";
import { startStripe } from "#infra/local/stripe/server";
import { stripePayments } from "#shared/adapters/stripe/payments";
import type { RefundOrder } from "#shared/domain/processor/payment";
import { startSecrets } from "../../support/secrets-server.ts";

const chargeFee = (amount: number) => Math.floor((amount * 290) / 10_000) + 30;

/** Asks the stand-in itself, as a person with its key would. @throws for any answer that is an error */
export const callerOf =
  (urlOf: () => string) =>
  async (path: string, body?: string | URLSearchParams, method = body === undefined ? "GET" : "POST") => {
    const reply = await fetch(`${urlOf()}${path}`, {
      method,
      headers: { authorization: "Bearer sk_test_suite" },
      ...(body !== undefined && { body }),
    });
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
    return reply.json() as Promise<Record<string, unknown>>;
  };

export async function startPaying() {
  let aheadMs = 0;
  const [stripe, secrets] = await Promise.all([
    startStripe({
      ...{ port: 0, webhookSecret: "whsec_x", now: () => Date.now() + aheadMs },
      settings: { chargeFee, refundDelayMs: 0, disputeDelayMs: 0 },
    }),
    startSecrets(),
  ]);
  const keys = secrets.put(JSON.stringify({ secretKey: "sk_test_suite", webhookSecret: "whsec_x" }));
  const env = { STRIPE_SECRET_ARN: keys, STRIPE_API_BASE: stripe.url };
  const payments = stripePayments(env);

  const call = callerOf(() => stripe.url);
  const count = async (list: string): Promise<number> => ((await call(list))["data"] as unknown[]).length;

  async function paid(card = "pm_card_visa") {
    const userId = randomUUID();
    const email = `${userId}@example.com`;
    const { customerId } = await payments.createCustomer({ userId, email });
    const depositId = `dep_${randomUUID()}`;
    const amount = { amount: 5_000, currency: "USD" } as const;
    const { paymentIntentId } = await payments.createPayment({ depositId, userId, email, customerId, amount });
    await call(`/v1/payment_intents/${paymentIntentId}/confirm`, new URLSearchParams({ payment_method: card }));
    const order = (parts: Partial<RefundOrder> = {}): RefundOrder => ({
      refundId: `rfd_${randomUUID()}`,
      depositId,
      userId,
      paymentIntentId,
      amount: { amount: 2_000, currency: "USD" },
      mayBeThere: false,
      ...parts,
    });
    return { paymentIntentId, order, refunds: () => count(`/v1/refunds?payment_intent=${paymentIntentId}`) };
  }

  return {
    env,
    payments,
    call,
    count,
    paid,
    fault: (route: string, kind: string, times = 1) => call("/_faults", JSON.stringify({ route, kind, times })),
    calm: () => call("/_faults", undefined, "DELETE"),
    /** Stripe's time alone: it forgets keys. */
    passMs: (ms: number) => void (aheadMs += ms),
    stop: () => Promise.all([stripe.stop(), secrets.stop()]),
  };
}
export type Paying = Awaited<ReturnType<typeof startPaying>>;
