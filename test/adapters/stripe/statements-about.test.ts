import { startStripe } from "#infra/local/stripe/server";
import { stripeConnectedAccounts } from "#shared/adapters/stripe/connected-accounts";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { startSecrets } from "../../support/secrets-server.ts";
import { type StatementsUnderTest, statementsSuite } from "../suites/statements.ts";

async function overHttp(): Promise<StatementsUnderTest> {
  const [stripe, secrets] = await Promise.all([startStripe({ port: 0, webhookSecret: "whsec_x" }), startSecrets()]);
  const keys = JSON.stringify({ secretKey: "sk_test_suite", webhookSecret: "whsec_x" });
  const env = { STRIPE_SECRET_ARN: secrets.put(keys), STRIPE_API_BASE: stripe.url, APP_URL: "https://app.example.com" };
  async function call(path: string, body?: string | URLSearchParams): Promise<Record<string, unknown>> {
    const reply = await fetch(`${stripe.url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: "Bearer sk_test_suite" },
      ...(body !== undefined && { body }),
    });
    if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
    return (await reply.json()) as Record<string, unknown>;
  }
  const form = async (path: string, fields: Record<string, string>) =>
    String((await call(path, new URLSearchParams(fields)))["id"]);
  const control = async (path: string, body: object) => String((await call(path, JSON.stringify(body)))["id"]);
  const { processorAccountId } = await stripeConnectedAccounts(env).open({ creatorId: "c", email: "c@example.com" });
  await control(`/_accounts/${processorAccountId}`, { state: "enabled" });
  const order = { amount: "5000", currency: "usd", confirm: "true", "payment_method_types[]": "card" };
  return {
    statements: stripeStatements(env),
    paid: () => form("/v1/payment_intents", { ...order, payment_method: "pm_card_visa" }),
    refunded: (payment_intent) => form("/v1/refunds", { payment_intent, amount: "2000" }),
    fails: async (refundId) => void (await control(`/_refunds/${refundId}`, { status: "failed" })),
    async disputed(paymentIntentId) {
      const { latest_charge } = await call(`/v1/payment_intents/${paymentIntentId}`);
      return control(`/_charges/${String(latest_charge)}/disputes`, {});
    },
    transferred: () => form("/v1/transfers", { amount: "1000", currency: "usd", destination: processorAccountId }),
    takenBack: async (id, amount) => void (await control(`/_transfers/${id}/reversals`, { amount })),
    toppedUp: async () => void (await control("/_topups", { amount: 20_000 })),
    stop: () => Promise.all([stripe.stop(), secrets.stop()]),
  };
}

statementsSuite("Stripe over HTTP", overHttp);
