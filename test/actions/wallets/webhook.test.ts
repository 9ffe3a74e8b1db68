import { beforeEach, describe, expect, test } from "@jest/globals";
import { type Depositing, depositing, usd } from "./depositing.ts";

let stage: Depositing["stage"];
let begin: Depositing["begin"];
let deliver: Depositing["deliver"];
let available: Depositing["available"];
let credits: Depositing["credits"];
let expectNothingSaved: Depositing["expectNothingSaved"];
beforeEach(async () => {
  ({ stage, begin, deliver, available, credits, expectNothingSaved } = await depositing());
});

describe("a webhook", () => {
  test("credits a paid deposit, however often and late it comes", async () => {
    const { paymentIntentId } = await begin();
    const early = stage.payments.webhook(paymentIntentId, "evt_early");
    expect(await deliver(early)).toEqual({ received: true });
    expect(await available()).toBe(0);
    stage.payments.pay(paymentIntentId);
    const late = stage.payments.webhook(paymentIntentId, "evt_late");
    // What is said of the payment by now is credited, though the event that asks tells of an earlier time.
    for (const webhook of [early, late, late, early]) expect(await deliver(webhook)).toEqual({ received: true });
    expect([await available(), credits().length]).toEqual([5_000, 1]);
  });

  test.each([
    ["a forged one", "forged"],
    ["an empty one", ""],
    ["none", undefined],
  ])("with %s for a signature is refused, and nothing is written", async (_what, signature) => {
    const { paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId);
    const { rawBody } = stage.payments.webhook(paymentIntentId);
    await expectNothingSaved("webhook.bad_signature", () => deliver({ rawBody, signature }));
  });

  test("about something else is taken note of, and that is all", async () => {
    const { signature } = stage.payments.webhook((await begin()).paymentIntentId);
    const payment = await stage.payments.retrievePayment("pi_1");
    const foreign = [
      { kind: "ignored", eventId: "evt_1", type: "charge.refunded" },
      {
        kind: "payment",
        eventId: "evt_2",
        payment: { ...payment, paymentIntentId: "pi_9", status: "succeeded", metadata: {} },
      },
      {
        kind: "payment",
        eventId: "evt_3",
        payment: { ...payment, status: "succeeded", metadata: { depositId: "dep_00000000000000000000000099" } },
      },
    ];
    const before = stage.table.all();
    for (const event of foreign)
      expect(await deliver({ rawBody: JSON.stringify(event), signature })).toEqual({ received: true });
    expect(stage.table.all()).toEqual(before);
  });

  test("is not believed about the payment itself: the processor is asked", async () => {
    const { paymentIntentId } = await begin();
    const { signature } = stage.payments.webhook(paymentIntentId);
    const payment = await stage.payments.retrievePayment(paymentIntentId);
    const told = {
      kind: "payment",
      eventId: "evt_1",
      payment: { ...payment, status: "succeeded", received: usd(999_999) },
    };
    expect(await deliver({ rawBody: JSON.stringify(told), signature })).toEqual({ received: true });
    expect(await available()).toBe(0);
  });
});
