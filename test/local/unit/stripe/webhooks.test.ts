import { describe, expect, test } from "@jest/globals";
import Stripe from "stripe";
import { apiVersion, control, eventOf, refusalOf, startStage, startWebhook, until } from "./stage.ts";

const deposit = { amount: 5000, currency: "usd" } as const;
const paid = { ...deposit, confirm: true, payment_method: "pm_card_visa" } as const;
const atOnce = { attempts: 5, backoffMs: () => 0 };

describe("a webhook", () => {
  test("receives the signed events of a payment", async () => {
    await using webhook = await startWebhook();
    await using stage = await startStage({ webhookUrl: webhook.url });
    const { stripe } = stage;
    const customer = await stripe.customers.create({ email: "brand@example.com" });
    const intent = await stripe.paymentIntents.create(
      { ...paid, customer: customer.id, metadata: { depositId: "dep_1" } },
      { idempotencyKey: "k1" },
    );
    await until(() => webhook.received.length === 4);
    expect(webhook.types().sort()).toEqual([
      "charge.succeeded",
      "customer.created",
      "payment_intent.created",
      "payment_intent.succeeded",
    ]);
    const event = webhook.received
      .map((delivery) => eventOf(delivery))
      .find(({ type }) => type === "payment_intent.succeeded");
    expect(event).toMatchObject({
      object: "event",
      api_version: apiVersion,
      livemode: false,
      pending_webhooks: 1,
      request: { id: intent.lastResponse.requestId, idempotency_key: "k1" },
      data: { object: { id: intent.id, status: "succeeded", metadata: { depositId: "dep_1" } } },
    });
    expect(event?.id).toMatch(/^evt_\w{24}$/);
    const [first] = webhook.received;
    expect(() => first && eventOf({ ...first, body: `${first.body} ` })).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
  });

  test("receives failures, actions and cancellations", async () => {
    await using webhook = await startWebhook();
    await using stage = await startStage({ webhookUrl: webhook.url });
    const { stripe } = stage;
    await refusalOf(stripe.paymentIntents.create({ ...paid, payment_method: "pm_card_chargeDeclined" }));
    const waiting = await stripe.paymentIntents.create({ ...paid, payment_method: "pm_card_threeDSecure2Required" });
    await stripe.paymentIntents.cancel(waiting.id);
    await until(() => webhook.received.length === 6);
    expect(webhook.types().sort()).toEqual([
      "charge.failed",
      "payment_intent.canceled",
      "payment_intent.created",
      "payment_intent.created",
      "payment_intent.payment_failed",
      "payment_intent.requires_action",
    ]);
  });

  test("gets a failed delivery again, signed anew at that time", async () => {
    const clock = { nowMs: 1_790_000_000_000 };
    await using webhook = await startWebhook((nth) => (nth < 4 ? ([500, 404, 302][nth - 1] ?? 200) : 200));
    const log: string[] = [];
    const backoffs: number[] = [];
    await using stage = await startStage({
      webhookUrl: webhook.url,
      now: () => clock.nowMs,
      log: (line) => log.push(line),
      webhookRetries: {
        attempts: 5,
        backoffMs: (failedAttempts) => {
          backoffs.push(failedAttempts);
          clock.nowMs += 1000;
          return 0;
        },
      },
    });
    const { stripe } = stage;
    await stripe.customers.create({});
    await until(async () => (await stripe.events.list({ delivery_success: true })).data.length === 1);
    expect(webhook.received).toHaveLength(4);
    expect(new Set(webhook.received.map(({ body }) => body)).size).toBe(1);
    expect(webhook.received.map(({ signature }) => signature.split(",")[0])).toEqual([
      "t=1790000000",
      "t=1790000001",
      "t=1790000002",
      "t=1790000003",
    ]);
    for (const delivery of webhook.received) expect(eventOf(delivery, clock.nowMs).type).toBe("customer.created");
    expect(backoffs).toEqual([1, 2, 3]);
    expect(log.filter((line) => line.startsWith("webhook"))).toHaveLength(3);
  });

  test("is given up after its attempts, and the event stays listed as undelivered", async () => {
    await using webhook = await startWebhook(() => 500);
    await using stage = await startStage({ webhookUrl: webhook.url, webhookRetries: atOnce });
    const { fake, stripe } = stage;
    await stripe.customers.create({});
    await until(async () => JSON.stringify(await control(fake, "GET", "/_state")).includes('"abandoned":1'));
    expect(webhook.received).toHaveLength(5);
    const undelivered = await stripe.events.list({ delivery_success: false });
    expect(undelivered.data).toMatchObject([{ type: "customer.created", pending_webhooks: 1 }]);
    expect((await stripe.events.list({ delivery_success: true })).data).toEqual([]);
  });

  test("may move, and what waits moves with it", async () => {
    await using webhook = await startWebhook();
    await using stage = await startStage({
      webhookUrl: "http://127.0.0.1:1/nobody",
      webhookRetries: { attempts: Number.MAX_SAFE_INTEGER, backoffMs: () => 0 },
    });
    const { fake, stripe } = stage;
    await stripe.customers.create({});
    await until(async () => !JSON.stringify(await control(fake, "GET", "/_state")).includes('"failedAttempts":0'));
    fake.setWebhookUrl(webhook.url);
    await until(() => webhook.received.length === 1);
  });

  test("gets one event as often as asked", async () => {
    await using webhook = await startWebhook();
    await using stage = await startStage({ webhookUrl: webhook.url });
    const { fake, stripe } = stage;
    await stripe.paymentIntents.create(paid);
    const { data } = await stripe.events.list({ type: "payment_intent.succeeded" });
    const eventId = data[0]?.id ?? "";
    const replay = await control(fake, "POST", "/_webhooks/replay", { eventId, times: 200 });
    expect(replay).toEqual({ eventId, queued: 200 });
    await until(() => webhook.received.length === 203);
    const replayed = webhook.received.map((delivery) => eventOf(delivery)).filter(({ id }) => id === eventId);
    expect(replayed).toHaveLength(201);
    expect(new Set(replayed.map((event) => JSON.stringify(event))).size).toBe(1);
    expect(await control(fake, "POST", "/_webhooks/replay", { eventId: "evt_none" })).toEqual({
      message: "No such event: 'evt_none'",
    });
  });

  test("never delays the reply, and stopping leaves nothing behind", async () => {
    let failures = 0;
    await using webhook = await startWebhook();
    const stage = await startStage({
      webhookUrl: "http://127.0.0.1:1/nobody",
      webhookRetries: { attempts: 99, backoffMs: () => ((failures += 1), 3_600_000) },
    });
    await stage.stripe.customers.create({});
    await until(() => failures === 1);
    await stage.fake.stop();
    stage.fake.setWebhookUrl(webhook.url);
    expect(webhook.received).toEqual([]);
    await expect(stage.stripe.customers.list()).rejects.toMatchObject({ type: "StripeConnectionError" });
  });
});

describe("events", () => {
  test("are kept without a webhook, and listed by type", async () => {
    await using stage = await startStage();
    const { stripe } = stage;
    await stripe.customers.create({});
    const intent = await stripe.paymentIntents.create(paid);
    const typesOf = async (params: Stripe.EventListParams) =>
      (await stripe.events.list(params)).data.map(({ type }) => type);
    expect(await typesOf({})).toEqual([
      "payment_intent.succeeded",
      "charge.succeeded",
      "payment_intent.created",
      "customer.created",
    ]);
    expect(await typesOf({ type: "payment_intent.*" })).toHaveLength(2);
    expect(await typesOf({ types: ["charge.succeeded", "customer.created"] })).toHaveLength(2);
    const [event] = (await stripe.events.list({ type: "payment_intent.created" })).data;
    expect(await stripe.events.retrieve(event?.id ?? "")).toMatchObject({
      pending_webhooks: 0,
      // The intent as it was then, not as it is.
      data: { object: { id: intent.id, status: "requires_confirmation" } },
    });
    expect(await refusalOf(stripe.events.retrieve("evt_none"))).toMatchObject({ statusCode: 404, param: "id" });
    expect(await refusalOf(stripe.events.list({ type: "a.b", types: ["c.d"] }))).toMatchObject({ statusCode: 400 });
  });
});
