import { createHmac, randomUUID } from "node:crypto";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { stripePayments } from "#shared/adapters/stripe/payments";
import { useEngine } from "../../support/engine-table.ts";
import { payIntent, stack } from "../../support/local-stage.ts";
import { paymentsSuite } from "../suites/payments.ts";

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

/** The event of a payment as the processor keeps it, signed as it signs. */
async function webhook(paymentIntentId: string) {
  const reply = await fetch(`${stack.stripeUrl}/v1/events?type=payment_intent.succeeded&limit=100`, { headers: key });
  const { data } = (await reply.json()) as { data: { data: { object: { id: string } } }[] };
  const rawBody = JSON.stringify(data.find((event) => event.data.object.id === paymentIntentId));
  const at = Math.floor(Date.now() / 1000);
  const signed = createHmac("sha256", WEBHOOK_SECRET).update(`${at}.${rawBody}`).digest("hex");
  return { rawBody, signature: `t=${at},v1=${signed}` };
}

paymentsSuite("Stripe's client and the payment stand-in", async () => ({
  payments: stripePayments({ STRIPE_SECRET_ARN: await secretArn, STRIPE_API_BASE: stack.stripeUrl }),
  pay: async (id) => {
    const { status } = await payIntent(id);
    if (status !== 200) throw new Error(`paying ${id} answered ${status}`);
  },
  webhook,
}));
