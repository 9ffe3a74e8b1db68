import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { handler as sweepStripeEvents } from "#lambdas/webhooks/sweep-stripe-events";
import { Unavailable } from "#shared/ports/outside";
import { sink } from "#shared/runtime/log";
import { type Depositing, depositing, processAll, processed, ran, refused } from "../deposits/depositing.ts";

afterEach(() => void jest.restoreAllMocks());

let stage: Depositing["stage"];
let begin: Depositing["begin"];
let deliver: Depositing["deliver"];
let receive: Depositing["receive"];
let available: Depositing["available"];
let credits: Depositing["credits"];
let expectNothingSaved: Depositing["expectNothingSaved"];
beforeEach(async () => {
  ({ stage, begin, deliver, receive, available, credits, expectNothingSaved } = await depositing());
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

  test("about something else is kept, and that is all", async () => {
    const { paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId);
    const unknown = stage.payments.webhook(paymentIntentId, "evt_1", "payment_method.attached");
    const ofAnother = stage.payments.webhook(paymentIntentId, "evt_2", undefined, { connectedAccountId: "acct_1" });
    const foreign = stage.payments.webhook("pi_9", "evt_3");
    for (const webhook of [unknown, ofAnother, foreign]) expect(await deliver(webhook)).toEqual({ received: true });
    expect(stage.stored("stripeEvent").map((event) => event["status"])).toEqual(["ignored", "ignored", "processed"]);
    expect([await available(), credits(), stage.outbox()]).toEqual([0, [], []]);
  });

  test("is not believed about the payment itself: the processor is asked", async () => {
    const { paymentIntentId } = await begin();
    expect(await deliver(stage.payments.webhook(paymentIntentId))).toEqual({ received: true });
    expect(await available()).toBe(0);
  });

  test("is kept before it is put into the queue, and told again when the queue did not take it", async () => {
    const { paymentIntentId } = await begin();
    stage.payments.pay(paymentIntentId);
    const webhook = stage.payments.webhook(paymentIntentId);
    const { send } = stage.eventQueue;
    stage.eventQueue.send = () => Promise.reject(new Unavailable("the queue of events"));
    await expect(receive(webhook)).rejects.toEqual(refused("request.unavailable"));
    expect(stage.stored("stripeEvent")).toMatchObject([{ id: `evt_${paymentIntentId}`, status: "received", sends: 1 }]);
    stage.eventQueue.send = send;
    expect(await deliver(webhook)).toEqual({ received: true });
    expect([await available(), stage.stored("stripeEvent")[0]?.["status"]]).toEqual([5_000, "processed"]);
  });

  test("that has ended does not go into the queue again", async () => {
    const { paymentIntentId } = await begin();
    const webhook = stage.payments.webhook(paymentIntentId);
    await deliver(webhook);
    await receive(webhook);
    expect(stage.eventQueue.sent).toEqual([]);
  });

  test.each([
    ["account.updated", "account", "acct_1"],
    ["transfer.reversed", "transfer", "tr_1"],
    ["payout.failed", "payout", "po_1"],
  ])("of %s tells whoever follows that, once, however often it comes", async (type, objectType, objectId) => {
    const about = { objectType, objectId, paymentIntentId: null, connectedAccountId: "acct_1" };
    const webhook = stage.payments.webhook(objectId, "evt_1", type, about);
    await receive(webhook);
    await receive(webhook);
    expect(stage.eventQueue.sent).toHaveLength(2);
    await processAll(stage);
    expect(stage.stored("outboxEvent")).toMatchObject([
      { type: "processor.object_changed", detail: { objectType, objectId, connectedAccountId: "acct_1" } },
    ]);
  });

  // https://docs.stripe.com/connect/webhooks: "when a bank account … is updated, which can impact payouts".
  test.each(["created", "updated", "deleted"])(
    "of a creator's bank that is %s tells of their account",
    async (what) => {
      const of = { objectType: "bank_account", paymentIntentId: null };
      const type = `account.external_account.${what}`;
      await deliver(
        stage.payments.webhook("ba_1", "evt_1", type, { ...of, objectId: "ba_1", connectedAccountId: "acct_1" }),
      );
      await deliver(
        stage.payments.webhook("ba_2", "evt_2", type, { ...of, objectId: "ba_2", connectedAccountId: null }),
      );
      expect(stage.stored("outboxEvent")).toMatchObject([
        { detail: { objectType: "account", objectId: "acct_1", connectedAccountId: "acct_1" } },
      ]);
    },
  );

  test("whose message names no event that is kept fails, and is for a person", async () => {
    await expect(processed(stage, { eventId: "evt_none" })).rejects.toThrow("event of this message is missing");
    await expect(processed(stage, "nonsense")).rejects.toThrow();
  });

  test("that is late is brought back, and left to a person in the end", async () => {
    const written = jest.spyOn(sink, "write").mockImplementation(() => undefined);
    const { paymentIntentId } = await begin();
    await receive(stage.payments.webhook(paymentIntentId));
    stage.eventQueue.sent.length = 0;
    expect(await ran(stage, sweepStripeEvents)).toEqual({});
    const outcomes: unknown[] = [];
    for (let day = 26; day < 30; day += 1) {
      stage.clock.now = `2026-11-${day}T12:00:00.000Z`;
      outcomes.push(await ran(stage, sweepStripeEvents));
    }
    expect(outcomes).toEqual([{ sent: 1 }, { sent: 1 }, { sent: 1 }, { parked: 1 }]);
    expect(stage.eventQueue.sent).toHaveLength(3);
    expect(written.mock.calls.at(-1)?.[0]).toContain('"level":"error","code":"stripe_event.parked"');
    // An operator brings it back: it is done as any other.
    await processed(stage, { eventId: `evt_${paymentIntentId}` });
    expect(stage.stored("stripeEvent")[0]).toMatchObject({ status: "processed" });
  });
});
