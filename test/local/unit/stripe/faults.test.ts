import { describe, expect, test } from "@jest/globals";
import { clientOf, control, refusalOf, startStage } from "./stage.ts";

const deposit = { amount: 5000, currency: "usd" } as const;
const route = "POST /v1/payment_intents";
const impatient = { timeout: 200 };

type Stage = Awaited<ReturnType<typeof startStage>>;

async function intentsOf({ stripe }: Stage): Promise<number> {
  return (await stripe.paymentIntents.list()).data.length;
}

const fault = (stage: Stage, body: object) => control(stage.fake, "POST", "/_faults", body);

describe("a fault", () => {
  test.each([
    ["timeout_before", 0],
    ["timeout_after", 1],
  ])("%s: the reply never comes", async (kind, effects) => {
    await using stage = await startStage({}, impatient);
    await fault(stage, { route, kind });
    const options = { idempotencyKey: "k1" };
    expect(await refusalOf(stage.stripe.paymentIntents.create(deposit, options))).toMatchObject({
      type: "StripeConnectionError",
    });
    expect(await intentsOf(stage)).toBe(effects);
    await clientOf(stage.fake).paymentIntents.create(deposit, options);
    expect(await intentsOf(stage)).toBe(1);
  });

  test.each(["reset", "reset_after"])("%s: the client asks again by itself, to one effect", async (kind) => {
    await using stage = await startStage();
    await fault(stage, { route, kind });
    await stage.stripe.paymentIntents.create(deposit);
    expect(await intentsOf(stage)).toBe(1);
  });

  test("error_500_after: the effect happened, and only lists and events tell", async () => {
    await using stage = await startStage({}, { maxNetworkRetries: 2 });
    await fault(stage, { route, kind: "error_500_after" });
    const refusal = await refusalOf(stage.stripe.paymentIntents.create(deposit, { idempotencyKey: "k1" }));
    expect(refusal).toMatchObject({ statusCode: 500, rawType: "api_error" });
    expect(refusal.headers).toMatchObject({ "stripe-should-retry": "false" });
    expect(await intentsOf(stage)).toBe(1);
  });

  test("error_503: a retry with the same key succeeds", async () => {
    await using stage = await startStage();
    await fault(stage, { route, kind: "error_503" });
    const options = { idempotencyKey: "k1" };
    expect(await refusalOf(stage.stripe.paymentIntents.create(deposit, options))).toMatchObject({ statusCode: 503 });
    await stage.stripe.paymentIntents.create(deposit, options);
  });

  test("rate_limit_429: before the idempotency layer, as many times as asked", async () => {
    await using stage = await startStage();
    await fault(stage, { route, kind: "rate_limit_429", times: 2 });
    const options = { idempotencyKey: "k1" };
    const attempt = () => stage.stripe.paymentIntents.create(deposit, options);
    for (const refusal of [await refusalOf(attempt()), await refusalOf(attempt())]) {
      expect(refusal).toMatchObject({ type: "StripeRateLimitError", statusCode: 429, code: "rate_limit" });
    }
    await attempt();
    expect(await intentsOf(stage)).toBe(1);
  });

  test("hits its route alone, after the requests it skips", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const intent = await stripe.paymentIntents.create(deposit);
    await fault(stage, { route: "POST /v1/payment_intents/{id}/confirm", kind: "error_503", skip: 1 });
    await refusalOf(stripe.paymentIntents.confirm(intent.id));
    expect(await refusalOf(stripe.paymentIntents.confirm(intent.id))).toMatchObject({ statusCode: 503 });
    await fault(stage, { route: `GET /v1/payment_intents/${intent.id}`, kind: "error_503" });
    const other = await stripe.paymentIntents.create(deposit);
    await stripe.paymentIntents.retrieve(other.id);
    expect(await refusalOf(stripe.paymentIntents.retrieve(intent.id))).toMatchObject({ statusCode: 503 });
    await fault(stage, { route: "*", kind: "error_503", times: 9 });
    expect(await refusalOf(stripe.balance.retrieve())).toMatchObject({ statusCode: 503 });
    await control(stage.fake, "DELETE", "/_faults");
    await stripe.balance.retrieve();
  });

  test("of a misspelt route or kind is refused", async () => {
    await using stage = await startStage();
    expect(await fault(stage, { route: "POST /v1/payment_intent", kind: "reset" })).toEqual({
      message: "No route is called POST /v1/payment_intent.",
    });
    expect(await fault(stage, { route, kind: "explode" })).toMatchObject({
      message: expect.stringContaining("Invalid option"),
    });
    expect(await control(stage.fake, "GET", "/_faults")).toEqual({ faults: [] });
  });
});

test("the state counts objects", async () => {
  await using stage = await startStage();
  const { stripe, fake } = stage;
  await stripe.customers.create({});
  await stripe.paymentIntents.create({ ...deposit, confirm: true, payment_method: "pm_card_visa" });
  expect(await control(fake, "GET", "/_state")).toMatchObject({
    objects: { customer: 1, payment_intent: 1, payment_method: 1, charge: 1, balance_transaction: 1, event: 4 },
    accounts: { acct_local: { customer: 1 } },
    webhooks: { url: null, delivered: 0, failedAttempts: 0, abandoned: 0 },
    faults: [],
  });
});
