import { describe, expect, test } from "@jest/globals";
import { clientOf, control, raw, refusalOf, startStage, until } from "./stage.ts";

const deposit = { amount: 5000, currency: "usd" } as const;
const form = { "content-type": "application/x-www-form-urlencoded", authorization: "Bearer sk_test_unit" };

async function intentsOf(stage: Awaited<ReturnType<typeof startStage>>): Promise<number> {
  return (await stage.stripe.paymentIntents.list({ limit: 100 })).data.length;
}

describe("an idempotency key", () => {
  test("replays the reply to equal parameters, whatever their order", async () => {
    await using stage = await startStage();
    const headers = { ...form, "idempotency-key": "k1" };
    const first = await raw(stage.fake, "POST", "/v1/payment_intents", { headers, body: "amount=5000&currency=usd" });
    const again = await raw(stage.fake, "POST", "/v1/payment_intents", { headers, body: "currency=usd&amount=5000" });
    expect(again.json).toEqual(first.json);
    expect(first.headers.get("idempotent-replayed")).toBeNull();
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again.headers.get("original-request")).toBe(first.headers.get("request-id"));
    expect(again.headers.get("request-id")).not.toBe(first.headers.get("request-id"));
    expect(await intentsOf(stage)).toBe(1);
  });

  test("refuses other parameters and another endpoint", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const options = { idempotencyKey: "k1" };
    await stripe.paymentIntents.create(deposit, options);
    expect(await refusalOf(stripe.paymentIntents.create({ ...deposit, amount: 5001 }, options))).toMatchObject({
      type: "StripeIdempotencyError",
      statusCode: 400,
      rawType: "idempotency_error",
      message:
        "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than 'k1' if you meant to execute a different request.",
    });
    const elsewhere = await refusalOf(stripe.customers.create({}, options));
    expect(elsewhere.message).toContain("('/v1/payment_intents' vs '/v1/customers')");
    expect(await intentsOf(stage)).toBe(1);
  });

  test("replays a card's decline without charging again", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    const declined = { ...deposit, confirm: true, payment_method: "pm_card_chargeDeclined" };
    const first = await refusalOf(stripe.paymentIntents.create(declined, { idempotencyKey: "k1" }));
    const again = await refusalOf(stripe.paymentIntents.create(declined, { idempotencyKey: "k1" }));
    expect(again.raw).toMatchObject({ charge: first.charge });
    expect(again.headers).toMatchObject({ "idempotent-replayed": "true" });
    expect((await stripe.charges.list()).data).toHaveLength(1);
  });

  test("replays a 404 of an execution and a 500, but not what validation refused", async () => {
    await using stage = await startStage();
    const { fake, stripe } = stage;
    const missing = () => refusalOf(stripe.paymentIntents.cancel("pi_none", {}, { idempotencyKey: "k404" }));
    expect((await missing()).headers?.["idempotent-replayed"]).toBeUndefined();
    expect((await missing()).headers?.["idempotent-replayed"]).toBe("true");

    await control(fake, "POST", "/_faults", { route: "POST /v1/payment_intents", kind: "error_500" });
    const failing = () => refusalOf(stripe.paymentIntents.create(deposit, { idempotencyKey: "k500" }));
    expect(await failing()).toMatchObject({ type: "StripeAPIError", statusCode: 500 });
    expect(await failing()).toMatchObject({ statusCode: 500, headers: { "idempotent-replayed": "true" } });
    expect(await intentsOf(stage)).toBe(0);

    const options = { idempotencyKey: "k400" };
    await refusalOf(stripe.rawRequest("POST", "/v1/payment_intents", { ...deposit, x: 1 }, options));
    expect((await stripe.paymentIntents.create(deposit, options)).status).toBe("requires_payment_method");
  });

  test("is in use while its first request runs", async () => {
    await using stage = await startStage();
    const { fake, stripe } = stage;
    await control(fake, "POST", "/_faults", { route: "POST /v1/payment_intents", kind: "hold" });
    const first = stripe.paymentIntents.create(deposit, { idempotencyKey: "k1" });
    await until(async () => JSON.stringify(await control(fake, "GET", "/_faults")) === '{"faults":[]}');
    expect(await refusalOf(stripe.paymentIntents.create(deposit, { idempotencyKey: "k1" }))).toMatchObject({
      statusCode: 409,
      code: "idempotency_key_in_use",
      headers: { "stripe-should-retry": "true" },
    });
    await control(fake, "DELETE", "/_faults");
    const { id } = await first;
    expect((await stripe.paymentIntents.create(deposit, { idempotencyKey: "k1" })).id).toBe(id);
  });

  test("belongs to one account, and is forgotten after a day", async () => {
    const clock = { nowMs: 1_790_000_000_000 };
    await using stage = await startStage({ now: () => clock.nowMs });
    const { fake, stripe } = stage;
    fake.state.openAccount("acct_creator");
    const creator = clientOf(fake, { stripeAccount: "acct_creator" });
    const options = { idempotencyKey: "k1" };
    const own = await stripe.customers.create({}, options);
    const theirs = await creator.customers.create({}, options);
    expect(theirs.id).not.toBe(own.id);
    expect(await refusalOf(creator.customers.retrieve(own.id))).toMatchObject({ statusCode: 404 });
    clock.nowMs += 86_400_000 - 1;
    expect((await stripe.customers.create({}, options)).id).toBe(own.id);
    clock.nowMs += 1;
    expect((await stripe.customers.create({}, options)).id).not.toBe(own.id);
  });

  test("of more than 255 characters is refused", async () => {
    await using stage = await startStage();
    const refusal = await refusalOf(stage.stripe.customers.create({}, { idempotencyKey: "k".repeat(256) }));
    expect(refusal).toMatchObject({ statusCode: 400, rawType: "invalid_request_error" });
  });
});
