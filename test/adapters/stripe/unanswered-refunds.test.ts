/** Stripe answers a request for a refund with a 500: it may be made or not, now or late, and goes out once. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Paying, startPaying } from "./paying.ts";

let world: Paying;
beforeAll(async () => {
  world = await startPaying();
});
afterAll(() => world.stop());

describe("a refund that a 500 said nothing of", () => {
  /** A 500 is kept under the key for a day: whoever asks under it meets it again. */
  const unanswered = async () => {
    const { order, paymentIntentId, refunds } = await world.paid();
    const wanted = order();
    await world.fault("POST /v1/refunds", "error_500");
    for (const mayBeThere of [false, false, true]) {
      const asked = world.payments.createRefund({ ...wanted, mayBeThere });
      await expect(asked).rejects.toMatchObject({ name: "Unavailable" });
    }
    expect(await refunds()).toBe(0);
    return { wanted, paymentIntentId, refunds };
  };

  test("is made by nobody else meanwhile: the one that Stripe carries out late is found, and goes out once", async () => {
    const { wanted, paymentIntentId: payment_intent, refunds } = await unanswered();
    const named = { "metadata[refundId]": wanted.refundId, "metadata[depositId]": wanted.depositId };
    const { id } = await world.call("/v1/refunds", new URLSearchParams({ payment_intent, amount: "2000", ...named }));
    expect(await world.payments.createRefund(wanted)).toMatchObject({ id, status: "succeeded" });
    expect(await refunds()).toBe(1);
  });

  test("is made under the same key once that is forgotten, and is one", async () => {
    const { wanted, refunds } = await unanswered();
    world.passMs(86_400_000);
    const { id } = await world.payments.createRefund({ ...wanted, mayBeThere: true });
    expect(await world.payments.createRefund({ ...wanted, mayBeThere: true })).toMatchObject({ id });
    expect(await refunds()).toBe(1);
  });

  test("is not made when somebody has made it by hand, under its name alone: it is that one, whether asked for or refused", async () => {
    const { wanted, paymentIntentId: payment_intent, refunds } = await unanswered();
    world.passMs(86_400_000);
    const named = { "metadata[refundId]": wanted.refundId };
    const { id } = await world.call("/v1/refunds", new URLSearchParams({ payment_intent, amount: "2000", ...named }));
    expect(await world.payments.createRefund({ ...wanted, mayBeThere: true })).toMatchObject({ id });
    await world.call("/v1/refunds", new URLSearchParams({ payment_intent, amount: "3000" }));
    expect(await world.payments.createRefund(wanted)).toMatchObject({ id, status: "succeeded" });
    expect(await refunds()).toBe(2);
  });
});
