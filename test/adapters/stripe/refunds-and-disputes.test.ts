/** What comes of a payment at Stripe, asked over HTTP: refunds, disputes, fees that come later, and no answer at all. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { listStripeEvents } from "#shared/adapters/stripe/events";
import { type Paying, startPaying } from "./paying.ts";

let world: Paying;
let payments: Paying["payments"];
beforeAll(async () => {
  world = await startPaying();
  payments = world.payments;
});
afterAll(() => world.stop());
afterEach(() => world.calm());

const call: Paying["call"] = (...asked) => world.call(...asked);
const control = (path: string, body: object) => call(path, JSON.stringify(body));
const fault: Paying["fault"] = (...set) => world.fault(...set);
const paid: Paying["paid"] = (card) => world.paid(card);
const eventually = async <T>(what: () => Promise<T>, isIt: (value: T) => boolean): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    const value = await what();
    if (isIt(value) || tries > 100) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe("a refund", () => {
  test.each(["reset", "reset_after", "error_503", "error_500_after", "rate_limit_429"])(
    "with %s on the way is still one, and the same one when asked again",
    async (kind) => {
      const { order, refunds } = await paid();
      const wanted = order();
      await fault("POST /v1/refunds", kind);
      const first = await payments.createRefund(wanted);
      expect(await payments.createRefund({ ...wanted, mayBeThere: true })).toMatchObject({ id: first.id });
      expect(await refunds()).toBe(1);
    },
    20_000,
  );

  test.each(["rate_limit_429", "error_503", "reset"])(
    "with %s for longer than it is worth waiting is unavailable, and made when asked again",
    async (kind) => {
      const { order, refunds } = await paid();
      const wanted = order();
      await fault("POST /v1/refunds", kind, 10);
      await expect(payments.createRefund(wanted)).rejects.toMatchObject({ name: "Unavailable" });
      await world.calm();
      await payments.createRefund({ ...wanted, mayBeThere: true });
      expect(await refunds()).toBe(1);
    },
    20_000,
  );

  test("is looked for by what it says of itself, not by its key, when the key may be forgotten", async () => {
    const { order, refunds } = await paid();
    const wanted = order();
    const { id } = await payments.createRefund(wanted);
    // Another refund of the same deposit is another.
    await payments.createRefund(order());
    await fault("POST /v1/refunds", "error_503", 10);
    expect(await payments.createRefund({ ...wanted, mayBeThere: true })).toMatchObject({ id, status: "succeeded" });
    expect(await refunds()).toBe(2);
  });

  test("is looked for by its name there, where that is known: its metadata may have been emptied", async () => {
    const { order, refunds } = await paid();
    const wanted = order();
    const { id = "" } = await payments.createRefund(wanted);
    await call(`/v1/refunds/${id}`, new URLSearchParams({ "metadata[refundId]": "", "metadata[depositId]": "" }));
    const again = { ...wanted, processorRefundId: id, mayBeThere: true };
    await fault("POST /v1/refunds", "error_503", 10);
    expect(await payments.createRefund(again)).toMatchObject({ id, metadata: { userId: wanted.userId } });
    expect(await refunds()).toBe(1);
  });

  test("that is known there is itself, though a newer one bears its name", async () => {
    const { order, paymentIntentId: payment_intent } = await paid();
    const wanted = order();
    const { id = "" } = await payments.createRefund(wanted);
    const { refundId, depositId } = wanted;
    const named = { "metadata[refundId]": refundId, "metadata[depositId]": depositId };
    await call("/v1/refunds", new URLSearchParams({ payment_intent, amount: "1000", ...named }));
    const again = { ...wanted, processorRefundId: id, mayBeThere: true };
    expect(await payments.createRefund(again)).toMatchObject({ id, amount: wanted.amount });
  });

  test("that is known there and is there no more is a defect, and never made again", async () => {
    const { order, refunds } = await paid();
    const gone = payments.createRefund(order({ processorRefundId: "re_gone", mayBeThere: true }));
    await expect(gone).rejects.toMatchObject({ type: "StripeInvalidRequestError", code: "resource_missing" });
    expect(await refunds()).toBe(0);
  });

  test("that is refused because it is there by now is not failed", async () => {
    const { order, paymentIntentId: payment_intent } = await paid();
    const wanted = order({ amount: { amount: 5_000, currency: "USD" } });
    const named = { "metadata[refundId]": wanted.refundId, "metadata[depositId]": wanted.depositId };
    // Stripe carries out late what it had answered with a 500.
    const { id } = await call("/v1/refunds", new URLSearchParams({ payment_intent, ...named }));
    expect(await payments.createRefund(wanted)).toMatchObject({ id, status: "succeeded" });
  });

  test("that is pending, and that fails after it had succeeded, is seen so", async () => {
    const waits = await paid("pm_card_pendingRefund");
    await control("/_settings", { refundDelayMs: 60_000 });
    expect(await payments.createRefund(waits.order())).toMatchObject({ status: "pending" });
    await control("/_settings", { refundDelayMs: 0 });
    const fails = await paid("pm_card_refundFail");
    await payments.createRefund(fails.order());
    const record = await eventually(
      () => payments.recordOf(fails.paymentIntentId),
      (seen) => seen?.refunds[0]?.status === "failed",
    );
    expect(record?.refunds).toMatchObject([
      { status: "failed", failure: "unknown", transaction: { amountMinor: -2_000 } },
    ]);
  });

  test("that Stripe will not make is failed, with its reason; a defect of ours is thrown", async () => {
    const disputed = await paid();
    const charge = await call(`/v1/payment_intents/${disputed.paymentIntentId}`);
    await control(`/_charges/${String(charge["latest_charge"])}/disputes`, {});
    expect(await payments.createRefund(disputed.order())).toMatchObject({
      status: "failed",
      failure: "charge_disputed",
    });
    const all = await paid();
    await payments.createRefund(all.order({ amount: { amount: 5_000, currency: "USD" } }));
    expect(await payments.createRefund(all.order())).toMatchObject({
      status: "failed",
      failure: "charge_already_refunded",
    });
    await expect(payments.createRefund(all.order({ paymentIntentId: "pi_none" }))).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
    });
  });
});

describe("a dispute", () => {
  test("is in the payment's record, with what was taken, what it costs, and what came back", async () => {
    const { paymentIntentId } = await paid();
    const intent = await call(`/v1/payment_intents/${paymentIntentId}`);
    const { id } = await control(`/_charges/${String(intent["latest_charge"])}/disputes`, { amount: 3_000 });
    const seen = async () => (await payments.recordOf(paymentIntentId))?.disputes;
    expect(await seen()).toMatchObject([
      {
        id,
        amount: { amount: 3_000, currency: "USD" },
        status: "needs_response",
        reason: "fraudulent",
        evidenceDueAt: expect.stringMatching(/^\d{4}-/),
        transactions: [{ amountMinor: -3_000, feeMinor: 1_500, currency: "USD" }],
      },
    ]);
    await control(`/_disputes/${String(id)}`, { outcome: "won" });
    expect(await seen()).toMatchObject([
      { status: "won", transactions: [{ amountMinor: -3_000 }, { amountMinor: 3_000, feeMinor: 0 }] },
    ]);
  });
});

describe("a payment's record", () => {
  test("says what Stripe keeps, once it has captured the payment", async () => {
    await control("/_settings", { asyncCaptureDelayMs: 200 });
    const { paymentIntentId } = await paid();
    const seen = async () => (await payments.recordOf(paymentIntentId))?.payment;
    expect(await seen()).toMatchObject({ status: "succeeded" });
    const captured = await eventually(seen, (payment) => payment?.transaction !== undefined);
    expect(captured?.transaction).toMatchObject({ amountMinor: 5_000, feeMinor: 175, currency: "USD" });
    await control("/_settings", { asyncCaptureDelayMs: null });
  });

  test.each([
    ["GET /v1/payment_intents/{id}", "rate_limit_429"],
    ["GET /v1/refunds", "rate_limit_429"],
    ["GET /v1/refunds", "error_500"],
    ["GET /v1/disputes", "error_503"],
    ["GET /v1/disputes", "reset"],
  ])(
    "is unavailable while %s answers %s",
    async (route, kind) => {
      const { paymentIntentId } = await paid();
      await fault(route, kind, 10);
      await expect(payments.recordOf(paymentIntentId)).rejects.toMatchObject({ name: "Unavailable" });
    },
    20_000,
  );

  test("holds all of its refunds", async () => {
    const { order, paymentIntentId } = await paid();
    for (let made = 0; made < 3; made += 1)
      await payments.createRefund(order({ amount: { amount: 10, currency: "USD" } }));
    const record = await payments.recordOf(paymentIntentId);
    expect(record?.refunds).toHaveLength(3);
  });
});

test("Stripe's list of events is read whole, page by page, as webhooks would bring them", async () => {
  const from = new Date(Date.now() - 3_600_000);
  const to = new Date(Date.now() + 60_000);
  const made = await world.count("/v1/events?limit=100");
  const listed: string[] = [];
  for await (const { event, rawBody } of listStripeEvents(world.env, { from, to })) {
    expect(JSON.parse(rawBody)).toMatchObject({ id: event.id, type: event.type });
    listed.push(event.id);
  }
  expect(listed.length).toBeGreaterThanOrEqual(made);
  expect(new Set(listed).size).toBe(listed.length);
  const none = listStripeEvents(world.env, { from: new Date(0), to: new Date(1_000) });
  expect((await none.next()).done).toBe(true);
});
