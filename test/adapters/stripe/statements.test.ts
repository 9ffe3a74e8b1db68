/** What Stripe says it has moved, asked over HTTP: all of a time, and one alone. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type RunningStripe, startStripe } from "#infra/local/stripe/server";
import { stripeStatements } from "#shared/adapters/stripe/statements";
import { plusDays } from "#shared/domain/kernel/time";
import type { ProcessorStatements } from "#shared/ports/reconciliations";
import { type SecretsServer, startSecrets } from "../../support/secrets-server.ts";

let stripe: RunningStripe;
let secrets: SecretsServer;
let statements: ProcessorStatements;
beforeAll(async () => {
  [stripe, secrets] = await Promise.all([startStripe({ port: 0, webhookSecret: "whsec_x" }), startSecrets()]);
  const keys = secrets.put(JSON.stringify({ secretKey: "sk_test_suite", webhookSecret: "whsec_x" }));
  statements = stripeStatements({ STRIPE_SECRET_ARN: keys, STRIPE_API_BASE: stripe.url });
});
afterAll(() => Promise.all([stripe.stop(), secrets.stop()]));

async function control(path: string, body: object): Promise<{ readonly id: string }> {
  const reply = await fetch(`${stripe.url}${path}`, { method: "POST", body: JSON.stringify(body) });
  return reply.json() as Promise<{ id: string }>;
}
const now = () => new Date().toISOString();

describe("movements of the processor's money", () => {
  test("are told one by one, and all of a time, with what they are about", async () => {
    const topup = await control("/_topups", { amount: 20_000, ageSeconds: 86_400 });
    const fee = await control("/_fees", { amount: 1_290, tax: 85 });
    const [yesterday, today, tomorrow] = [-1.5, -0.5, 0.5].map((days) => plusDays(now(), days)) as [
      string,
      string,
      string,
    ];
    const [moved] = await statements.movements(yesterday, today);
    expect(moved).toMatchObject({
      ...{ type: "topup", category: "topup", currency: "USD", amountMinor: 20_000, feeMinor: 0 },
      objectIds: [topup.id],
    });
    expect(await statements.movement(moved?.id ?? "")).toEqual(moved);
    expect(await statements.movements(today, tomorrow)).toEqual([await statements.movement(fee.id)]);
    expect(await statements.movementsOfType("stripe_fee", yesterday, tomorrow)).toEqual([
      await statements.movement(fee.id),
    ]);
    expect(await statements.movementsOfType("stripe_fee", yesterday, today)).toEqual([]);
    expect(await statements.movement(fee.id)).toMatchObject({
      ...{ type: "stripe_fee", category: "fee", amountMinor: -1_290, feeMinor: 85, objectIds: [] },
    });
  });

  test("that Stripe does not have, or in money that no wallet holds, are none", async () => {
    expect(await statements.movement("txn_none")).toBeUndefined();
    const { id } = await control("/_fees", { amount: 100, currency: "xaf" });
    expect(await statements.movement(id)).toBeUndefined();
  });
});
