import { describe, expect, test } from "@jest/globals";
import { control, HeldTimers, refusalOf, startStage, startWebhook, until } from "./stage.ts";

type Stage = Awaited<ReturnType<typeof startStage>>;

const deposit = { amount: 5000, currency: "usd" } as const;
const route = "POST /v1/payment_intents";

describe("a fault", () => {
  // https://docs.stripe.com/rate-limits#object-lock-timeouts, https://docs.stripe.com/error-low-level
  test.each([
    ["lock_timeout", { statusCode: 429, code: "lock_timeout", type: "StripeRateLimitError" }],
    ["rate_limit_429", { statusCode: 429, headers: expect.objectContaining({ "retry-after": "2" }) }],
    ["key_in_use", { statusCode: 409, code: "idempotency_key_in_use" }],
    ["key_mismatch", { statusCode: 400, type: "StripeIdempotencyError" }],
  ])("%s: refused before anything happens, and never saved", async (kind, refusal) => {
    await using stage = await startStage();
    const { fake, stripe } = stage;
    await control(fake, "POST", "/_faults", { route, kind, retryAfterSeconds: 2 });
    const options = { idempotencyKey: "k1" };
    expect(await refusalOf(stripe.paymentIntents.create(deposit, options))).toMatchObject(refusal);
    expect((await stripe.paymentIntents.list()).data).toEqual([]);
    await stripe.paymentIntents.create(deposit, options);
  });

  async function luckOf(stage: Stage, seed: number): Promise<string> {
    const probabilities = { error_503: 0.3, lock_timeout: 0.2 };
    await control(stage.fake, "POST", "/_faults/random", { seed, route, probabilities });
    const outcomes: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      const outcome = stage.stripe.paymentIntents.create(deposit).then(() => "-");
      outcomes.push(await outcome.catch((error: { statusCode: number }) => String(error.statusCode)));
    }
    return outcomes.join(" ");
  }

  test("at random hits the same requests for the same seed", async () => {
    await using stage = await startStage();
    const { fake, stripe } = stage;
    const first = await luckOf(stage, 7);
    expect(first).toMatch(/503/);
    expect(first).toMatch(/429/);
    expect(first).toMatch(/-/);
    expect(await luckOf(stage, 7)).toBe(first);
    expect(await luckOf(stage, 8)).not.toBe(first);
    await stripe.balance.retrieve();
    await control(fake, "DELETE", "/_faults");
    await stripe.paymentIntents.create(deposit);
    for (const [probabilities, message] of [
      [{ error_503: 0.7, reset: 0.7 }, "More than 1 in all."],
      [{ explode: 1 }, "Unrecognized key"],
    ] as const) {
      expect(await control(fake, "POST", "/_faults/random", { seed: 1, probabilities })).toMatchObject({
        message: expect.stringContaining(message),
      });
    }
    expect(await control(fake, "POST", "/_faults/random", { seed: 1, route: "POST /v1/x", probabilities: {} })).toEqual(
      {
        message: "No route is called POST /v1/x.",
      },
    );
  });
});

// https://docs.stripe.com/webhooks#handle-duplicate-events, #event-ordering
describe("events", () => {
  const faults = (stage: Stage, rates: object) => control(stage.fake, "POST", "/_webhooks/faults", rates);

  test("come twice, late or not at all", async () => {
    await using webhook = await startWebhook();
    await using stage = await startStage({ webhookUrl: webhook.url });
    const { fake, stripe } = stage;
    await faults(stage, { duplicate: 1 });
    await stripe.customers.create({});
    await until(() => webhook.received.length === 2);
    expect(webhook.received[0]?.body).toBe(webhook.received[1]?.body);
    await faults(stage, { late: 1, lateMs: 5 });
    const { id } = await stripe.customers.create({});
    await until(() => webhook.received.length === 3);
    await faults(stage, { late: 1, lateMs: 3_600_000 });
    await stripe.paymentIntents.create(deposit);
    await faults(stage, { lost: 1 });
    await stripe.customers.update(id, { name: "B" });
    const { data } = await stripe.events.list({ delivery_success: false });
    expect(data.map(({ type }) => type)).toEqual(["customer.updated", "payment_intent.created"]);
    expect(webhook.received).toHaveLength(3);
    // What was lost is found in the list, and may be delivered after all.
    await control(fake, "DELETE", "/_webhooks/faults");
    await control(fake, "POST", "/_webhooks/replay", { eventId: data[0]?.id });
    await until(async () => (await stripe.events.list({ delivery_success: false })).data.length === 1);
    expect(webhook.types()[3]).toBe("customer.updated");
  });

  test("overtake each other", async () => {
    await using webhook = await startWebhook();
    const timers = new HeldTimers();
    await using stage = await startStage({ webhookUrl: webhook.url, timers });
    const { stripe } = stage;
    await faults(stage, { seed: 301, shuffleWithinMs: 100 });
    await stripe.paymentIntents.create({ ...deposit, confirm: true, payment_method: "pm_card_visa" });
    expect(timers.held).toBe(3);
    for (let count = 1; count <= 3; count += 1) {
      timers.next();
      await until(() => webhook.received.length === count);
    }
    expect(webhook.types()[2]).toBe("payment_intent.created");
  });
});
