import { describe, expect, test } from "@jest/globals";
import type { ReceivedEvent } from "#shared/domain/processor/payment";
import {
  bringBack,
  changedObjectOf,
  finish,
  keep,
  messageIn,
  paymentOf,
  signedEvent,
  waiting,
} from "#shared/domain/webhooks/intake";
import { aStripeEvent } from "../../support/money-builders.ts";

const now = "2026-11-25T12:00:00.000Z";
const told = (type: string, parts: Partial<ReceivedEvent> = {}): ReceivedEvent => ({
  id: "evt_1",
  type,
  connectedAccountId: null,
  objectType: "x",
  objectId: "x_1",
  paymentIntentId: "pi_1",
  createdAt: now,
  ...parts,
});

describe("what an event is about", () => {
  test.each([
    "payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.canceled", "payment_intent.processing", "charge.updated",
    "charge.refunded", "charge.refund.updated", "refund.created", "refund.updated", "refund.failed", "charge.dispute.created",
    "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
  ])("%s: a payment, of the platform's own account alone", (type) => {
    expect(paymentOf(told(type))).toBe("pi_1");
    expect(paymentOf(told(type, { connectedAccountId: "acct_1" }))).toBeUndefined();
    expect(paymentOf(told(type, { paymentIntentId: null }))).toBeUndefined();
    expect(changedObjectOf(told(type))).toBeUndefined();
  }); // prettier-ignore

  test.each([
    ["account.updated", "account"],
    ["transfer.created", "transfer"],
    ["transfer.reversed", "transfer"],
    ["payout.paid", "payout"],
    ["payout.failed", "payout"],
  ])("%s: what others follow, of any account", (type, objectType) => {
    const event = told(type, { connectedAccountId: "acct_1" });
    expect(changedObjectOf(event)).toEqual({ objectType, objectId: "x_1", connectedAccountId: "acct_1" });
    expect(changedObjectOf(told(type, { objectId: null }))).toBeUndefined();
    expect(paymentOf(event)).toBeUndefined();
  });

  test.each([
    "charge.succeeded",
    "customer.created",
    "payment_intents.x",
    "account.application.deauthorized",
    "",
    "x.payout.paid",
  ])("%j: nothing of ours", (type) =>
    expect([paymentOf(told(type)), changedObjectOf(told(type))]).toEqual([undefined, undefined]),
  );
});

describe("an event that comes", () => {
  test("is kept, with when it is late, and waits for its consumer", () => {
    const { change, event } = keep(told("payment_intent.succeeded"), "{}", undefined, now);
    expect(change?.entities).toEqual([{ entity: "stripeEvent", next: event }]);
    expect(event).toMatchObject({
      status: "received",
      rawBody: "{}",
      dueAt: "2026-11-25T12:20:00.000Z",
      receivedAt: now,
    });
    expect(waiting(event)).toEqual([{ eventId: "evt_1" }]);
  });

  test("about nothing of ours is kept, and that is all", () => {
    const { event } = keep(told("customer.created"), "{}", undefined, now);
    expect([event.status, event.dueAt, waiting(event)]).toEqual(["ignored", undefined, []]);
  });

  test.each([
    ["received", 1],
    ["parked", 1],
    ["processed", 0],
    ["ignored", 0],
  ] as const)("again, when it is %s, is not kept twice, and goes into the queue %i times", (status, times) => {
    const kept = aStripeEvent({ status });
    const again = keep(told("payment_intent.succeeded"), "{}", kept, now);
    expect(again).toEqual({ change: undefined, event: kept });
    expect(waiting(again.event)).toHaveLength(times);
  });

  test("unsigned is refused", () => {
    expect(() => signedEvent(undefined)).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code: "webhook.bad_signature" }) }),
    );
  });
});

test.each([null, "evt_1", {}, { eventId: 1 }])("%j is no message of the queue", (body) => {
  expect(() => messageIn(body)).toThrow();
});

describe("the end of an event", () => {
  test("is processed, and tells whoever follows another object", () => {
    const ofPayment = finish(aStripeEvent(), now);
    expect(ofPayment.events).toEqual([]);
    expect(ofPayment.entities[0]?.next).toMatchObject({ status: "processed", version: 2 });
    expect(ofPayment.entities[0]?.next).not.toHaveProperty("dueAt");
    const ofPayout = finish(aStripeEvent({ type: "payout.paid", objectId: "po_1", connectedAccountId: "acct_1" }), now);
    expect(ofPayout.events).toEqual([
      {
        type: "processor.object_changed",
        detail: { objectType: "payout", objectId: "po_1", connectedAccountId: "acct_1" },
      },
    ]);
  });

  test("is ignored when nothing followed from it", () => {
    expect(finish(aStripeEvent({ type: "customer.created" }), now).entities[0]?.next).toMatchObject({
      status: "ignored",
    });
  });
});

test("a late event is brought back three times, later each time, and is then left to a person", () => {
  const ways = [1, 2, 3].map((sends) => bringBack(aStripeEvent({ sends }), now));
  expect(ways.map(({ outcome, messages }) => [outcome, messages.length])).toEqual(Array(3).fill(["sent", 1]));
  expect(ways.map(({ change }) => (change.entities[0]?.next as { dueAt: string }).dueAt)).toEqual([
    "2026-11-25T14:00:00.000Z",
    "2026-11-25T15:00:00.000Z",
    "2026-11-25T16:00:00.000Z",
  ]);
  const last = bringBack(aStripeEvent({ sends: 4 }), now);
  expect([last.outcome, last.messages]).toEqual(["parked", []]);
  expect(last.change.entities[0]?.next).toMatchObject({ status: "parked" });
});
