/** Stripe's own client against the local Stripe: what every processor promises, and what goes wrong on the way. */
import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type RunningStripe, startStripe } from "#infra/local/stripe/server";
import { stripePayments } from "#shared/adapters/stripe/payments";
import type { Payments } from "#shared/ports/payments";
import { type SecretsServer, startSecrets } from "../../support/secrets-server.ts";
import { paymentsSuite } from "../suites/payments.ts";
import { callerOf } from "./paying.ts";

const SECRET = "whsec_now";
const PREVIOUS = "whsec_before";
let stripe: RunningStripe;
let secrets: SecretsServer;
let payments: Payments;

const made = (parts: object = {}, apiBase = stripe.url): Payments =>
  stripePayments({
    STRIPE_SECRET_ARN: secrets.put(JSON.stringify({ secretKey: "sk_test_suite", webhookSecret: SECRET, ...parts })),
    STRIPE_API_BASE: apiBase,
  });
beforeAll(async () => {
  [stripe, secrets] = await Promise.all([startStripe({ port: 0, webhookSecret: SECRET }), startSecrets()]);
  payments = made();
});
afterAll(() => Promise.all([stripe.stop(), secrets.stop()]));

const call = callerOf(() => stripe.url);
const fault = (route: string, kind: string, times = 1) => call("/_faults", JSON.stringify({ route, kind, times }));
const count = async (list: string): Promise<number> => ((await call(list))["data"] as unknown[]).length;

const signed = (rawBody: string, secret = SECRET, at = Math.floor(Date.now() / 1000)) => ({
  rawBody,
  signature: `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${rawBody}`).digest("hex")}`,
});
/** The event of a payment as the processor keeps it, signed as it signs. */
async function webhook(paymentIntentId: string) {
  const { data } = (await call("/v1/events?type=payment_intent.succeeded&limit=100")) as {
    data: { data: { object: { id: string } } }[];
  };
  return signed(JSON.stringify(data.find((event) => event.data.object.id === paymentIntentId)));
}

paymentsSuite("Stripe's client", () =>
  Promise.resolve({
    payments,
    pay: async (id) =>
      void (await call(`/v1/payment_intents/${id}/confirm`, new URLSearchParams({ payment_method: "pm_card_visa" }))),
    cancel: async (id) => void (await call(`/v1/payment_intents/${id}/cancel`, new URLSearchParams())),
    deleteCustomer: async (id) => void (await call(`/v1/customers/${id}`, undefined, "DELETE")),
    webhook,
  }),
);

const person = () => ({ userId: randomUUID(), email: `${randomUUID()}@example.com` });
async function order(amount = 5_000, currency: "USD" | "KWD" = "USD") {
  const { userId, email } = person();
  const { customerId } = await payments.createCustomer({ userId, email });
  return { depositId: `dep_${randomUUID()}`, userId, email, customerId, amount: { amount, currency } } as const;
}

test("a deposit is paid by what the account offers, but by no debit of a bank account", async () => {
  const { paymentIntentId } = await payments.createPayment(await order());
  const { excluded_payment_method_types: not } = await call(`/v1/payment_intents/${paymentIntentId}`);
  expect(not).toEqual("acss_debit au_becs_debit bacs_debit nz_bank_account sepa_debit us_bank_account".split(" "));
});

describe("what goes wrong at Stripe", () => {
  beforeEach(() => call("/_faults", undefined, "DELETE"));
  afterAll(() => call("/_faults", undefined, "DELETE"));

  // A 500 is kept under the key for a day: the client's own attempts all meet it.
  test.each(["reset", "reset_after", "error_503", "error_500", "error_500_after"])(
    "%s: still one payment, and the same one when asked again",
    async (kind) => {
      const wanted = await order();
      await fault("POST /v1/payment_intents", kind);
      const first = await payments.createPayment(wanted);
      const again = await payments.createPayment(wanted);
      expect(again.paymentIntentId).toBe(first.paymentIntentId);
      expect(await count(`/v1/payment_intents?customer=${wanted.customerId}`)).toBe(1);
    },
    20_000,
  );

  test("too many requests at once: asked again a little later", async () => {
    const wanted = await order();
    await fault("POST /v1/payment_intents", "rate_limit_429", 2);
    expect(await payments.createPayment(wanted)).toMatchObject({ status: "pending" });
    expect(await count(`/v1/payment_intents?customer=${wanted.customerId}`)).toBe(1);
  }, 20_000);

  test.each(["rate_limit_429", "error_503", "reset"])(
    "%s for longer than it is worth waiting: unavailable, with nothing done, and done when asked again",
    async (kind) => {
      const wanted = await order();
      await fault("POST /v1/payment_intents", kind, 10);
      await expect(payments.createPayment(wanted)).rejects.toMatchObject({ name: "Unavailable" });
      expect(await count(`/v1/payment_intents?customer=${wanted.customerId}`)).toBe(0);
      await call("/_faults", undefined, "DELETE");
      expect(await payments.createPayment(wanted)).toMatchObject({ status: "pending" });
    },
    20_000,
  );

  test.each(["reset_after", "error_500", "error_500_after"])(
    "%s: still one customer, and the same one when asked again",
    async (kind) => {
      const who = person();
      await fault("POST /v1/customers", kind);
      const first = await payments.createCustomer(who);
      expect(await payments.createCustomer(who)).toEqual(first);
      expect(await count(`/v1/customers?email=${encodeURIComponent(who.email)}`)).toBe(1);
    },
    20_000,
  );

  test("what cannot be charged is the client's to put right; what else is wrong is thrown as it is", async () => {
    const refusing = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });
    const wanted = await order();
    const charging = (amount: number) =>
      payments.createPayment({ ...wanted, depositId: `dep_${amount}`, amount: { amount, currency: "USD" } });
    await expect(charging(49)).rejects.toEqual(refusing("deposit.below_minimum"));
    await expect(charging(100_000_000)).rejects.toEqual(refusing("deposit.above_maximum"));
    await expect(payments.retrievePayment("pi_unknown")).rejects.toMatchObject({ statusCode: 404 });
  });

  test("a key used for something else is a defect, and nothing is charged twice", async () => {
    const wanted = await order();
    await payments.createPayment(wanted);
    await expect(
      payments.createPayment({ ...wanted, amount: { amount: 6_000, currency: "USD" } }),
    ).rejects.toMatchObject({
      type: "StripeIdempotencyError",
    });
    expect(await count(`/v1/payment_intents?customer=${wanted.customerId}`)).toBe(1);
  });
});

describe("a webhook", () => {
  const intent = {
    id: "pi_1",
    object: "payment_intent",
    status: "succeeded",
    amount: 5,
    amount_received: 5,
    currency: "usd",
    metadata: {},
    customer: { id: "cus_1" },
  };
  const event = (object: unknown, type = "payment_intent.succeeded") =>
    JSON.stringify({ id: "evt_1", object: "event", created: 1_795_608_000, type, data: { object } });
  const verify = ({ rawBody, signature }: ReturnType<typeof signed>, by = payments) =>
    by.verifyWebhook(rawBody, signature);

  test("is read by its name, its object's, and the payment it is about", async () => {
    expect(await verify(signed(event(intent)))).toEqual({
      id: "evt_1",
      type: "payment_intent.succeeded",
      connectedAccountId: null,
      objectType: "payment_intent",
      objectId: "pi_1",
      paymentIntentId: "pi_1",
      createdAt: "2026-11-25T12:00:00.000Z",
    });
  });

  test.each<[string, object, object]>([
    ["a refund's", { id: "re_1", object: "refund", payment_intent: "pi_1" }, { objectId: "re_1", paymentIntentId: "pi_1" }],
    ["a whole payment", { id: "dp_1", object: "dispute", payment_intent: { id: "pi_2" } }, { paymentIntentId: "pi_2" }],
    ["no payment", { id: "po_1", object: "payout", payment_intent: null }, { objectId: "po_1", paymentIntentId: null }],
    ["an object without a name", { object: "balance" }, { objectType: "balance", objectId: null, paymentIntentId: null }],
    ["a name that is none", { id: 7, object: 7, payment_intent: 7 }, { objectType: "unknown", objectId: null, paymentIntentId: null }],
  ])("about %s", async (_what, object, read) => {
    expect(await verify(signed(event(object, "x.y")))).toMatchObject(read);
  }); // prettier-ignore

  test("of a connected account says whose it is", async () => {
    const ofAnother = JSON.stringify({ ...(JSON.parse(event(intent)) as object), account: "acct_1" });
    expect(await verify(signed(ofAnother))).toMatchObject({ connectedAccountId: "acct_1" });
  });

  test("that does not say when it happened is believed all the same", async () => {
    const { created: _, ...untimed } = JSON.parse(event(intent)) as { created: number };
    expect(await verify(signed(JSON.stringify(untimed)))).toMatchObject({
      id: "evt_1",
      paymentIntentId: "pi_1",
      createdAt: null,
    });
  });

  test("signed over five minutes ago, by another, or over other bytes is not believed", async () => {
    const now = Math.floor(Date.now() / 1000);
    const { rawBody, signature } = signed(event(intent));
    expect(await verify(signed(rawBody, SECRET, now - 302))).toBeUndefined();
    expect(await verify(signed(rawBody, SECRET, now - 290))).toBeDefined();
    expect(await verify(signed(rawBody, "whsec_other"))).toBeUndefined();
    expect(await verify({ rawBody: `${rawBody} `, signature })).toBeUndefined();
  });

  test("is believed under both secrets while one replaces the other, and no longer", async () => {
    const rotating = made({ previousWebhookSecret: PREVIOUS });
    for (const secret of [SECRET, PREVIOUS])
      expect(await verify(signed(event(intent), secret), rotating)).toBeDefined();
    expect(await verify(signed(event(intent), PREVIOUS))).toBeUndefined();
  });

  test.each(["", "nonsense", "null", "[]", "{}", '{"id":1,"type":"x"}', "\u0000"])(
    "whose signed body is %j is no event",
    async (rawBody) => {
      expect(await verify(signed(rawBody))).toBeUndefined();
    },
  );
});

describe("the keys", () => {
  test.each([
    ["no key", { secretKey: "" }],
    ["a publishable key", { secretKey: "pk_test_1" }],
    ["no webhook secret", { webhookSecret: "" }],
    ["a previous secret that is none", { previousWebhookSecret: "x" }],
  ])("with %s every call throws, and nothing stands in", async (_what, parts) => {
    const broken = made(parts);
    await expect(broken.createCustomer(person())).rejects.toMatchObject({ name: "ZodError" });
    await expect(broken.verifyWebhook("{}", "t=1,v1=0")).rejects.toMatchObject({ name: "ZodError" });
    await expect(broken.balance()).rejects.toMatchObject({ name: "ZodError" });
  });

  test("a secret that is not there, or not JSON, throws", async () => {
    const missing = stripePayments({ STRIPE_SECRET_ARN: "arn:none", STRIPE_API_BASE: stripe.url });
    await expect(missing.balance()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    const garbled = stripePayments({ STRIPE_SECRET_ARN: secrets.put("sk_test_1"), STRIPE_API_BASE: stripe.url });
    await expect(garbled.balance()).rejects.toThrow(SyntaxError);
  });

  test("are read once, not for every call", async () => {
    const own = made();
    const before = secrets.asked();
    for (let call = 0; call < 5; call += 1) await own.balance();
    expect(secrets.asked() - before).toBe(1);
  });
});
