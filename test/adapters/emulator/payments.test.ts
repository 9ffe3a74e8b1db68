import { createHmac, randomUUID } from "node:crypto";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll } from "@jest/globals";
import { startStripe } from "#infra/local/stripe/server";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { useEngine } from "../../support/engine-table.ts";
import { stack } from "../../support/local-stage.ts";
import { paymentsSuite } from "../suites/payments.ts";

/** A stand-in of the suite's own: the stage's books must not meet its payments. */
const stripe = startStripe({ port: 0, webhookSecret: "whsec_suite" });
afterAll(async () => (await stripe).stop());

const config = useEngine(stack.awsEndpoint);
const WEBHOOK_SECRET = "whsec_suite";
const key = { authorization: "Bearer sk_test_suite" };

const secretArn = new SecretsManagerClient(config)
  .send(
    new CreateSecretCommand({
      Name: `suite-${randomUUID()}`,
      SecretString: JSON.stringify({ secretKey: "sk_test_suite", webhookSecret: WEBHOOK_SECRET }),
    }),
  )
  .then(({ ARN }) => ARN ?? "");

const call = async (path: string, form?: Record<string, string>, method = form === undefined ? "GET" : "POST") => {
  const { url } = await stripe;
  const reply = await fetch(`${url}${path}`, {
    headers: key,
    method,
    ...(form && { body: new URLSearchParams(form) }),
  });
  if (!reply.ok) throw new Error(`${path} answered ${reply.status}: ${await reply.text()}`);
  return reply.json();
};

/** The event of a payment as the processor keeps it, signed as it signs. */
async function webhook(paymentIntentId: string) {
  const { data } = (await call("/v1/events?type=payment_intent.succeeded&limit=100")) as {
    data: { data: { object: { id: string } } }[];
  };
  const rawBody = JSON.stringify(data.find((event) => event.data.object.id === paymentIntentId));
  const at = Math.floor(Date.now() / 1000);
  const signed = createHmac("sha256", WEBHOOK_SECRET).update(`${at}.${rawBody}`).digest("hex");
  return { rawBody, signature: `t=${at},v1=${signed}` };
}

paymentsSuite("Stripe's client and the payment stand-in", async () => ({
  payments: stripePayments({ STRIPE_SECRET_ARN: await secretArn, STRIPE_API_BASE: (await stripe).url }),
  pay: async (id) => void (await call(`/v1/payment_intents/${id}/confirm`, { payment_method: "pm_card_visa" })),
  cancel: async (id) => void (await call(`/v1/payment_intents/${id}/cancel`, {})),
  deleteCustomer: async (id) => void (await call(`/v1/customers/${id}`, undefined, "DELETE")),
  webhook,
}));
