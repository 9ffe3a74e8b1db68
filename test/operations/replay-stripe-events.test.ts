import { expect, test } from "@jest/globals";
import { intakeOn } from "#infra/operations/intake";
import { type ListedEvent, replay } from "#infra/operations/replay-stripe-events";
import { memoryEventQueue } from "#shared/adapters/memory/outbound";
import { aStripeEvent } from "../support/money-builders.ts";
import { testStage } from "../support/stage.ts";

const listed = (id: string, type = "payment_intent.succeeded"): ListedEvent => ({
  event: {
    id,
    type,
    connectedAccountId: null,
    objectType: "payment_intent",
    objectId: "pi_1",
    paymentIntentId: "pi_1",
    createdAt: "2026-11-25T12:00:00.000Z",
  },
  rawBody: JSON.stringify({ id, type }),
});
async function* all(those: readonly ListedEvent[]): AsyncGenerator<ListedEvent> {
  yield* await Promise.resolve(those);
}

async function world() {
  const { ports, given, stored } = testStage();
  const eventQueue = memoryEventQueue();
  for (const status of ["received", "parked", "processed", "ignored"] as const)
    await given("stripeEvent", aStripeEvent({ id: `evt_${status}`, status }));
  const those = ["new", "received", "parked", "processed", "ignored"].map((name) => listed(`evt_${name}`));
  const events = all([...those, listed("evt_other", "customer.updated")]);
  return { take: (dryRun: boolean) => intakeOn({ ...ports, eventQueue }, dryRun), events, eventQueue, stored };
}
const silent = () => undefined;

test("what was never told is kept and queued, what has not ended is queued, and what has ended is left alone", async () => {
  const { take, events, eventQueue, stored } = await world();
  const lines: string[] = [];
  const counts = await replay({ listed: events, take: take(false), say: (line) => void lines.push(line) });
  expect(counts).toEqual({ known: 2, ignored: 1, queued: 3, failed: 0 });
  expect(eventQueue.sent.map(({ eventId }) => eventId)).toEqual(["evt_new", "evt_received", "evt_parked"]);
  const kept = Object.fromEntries(stored("stripeEvent").map(({ id, status }) => [id, status]));
  expect(kept).toMatchObject({ evt_new: "received", evt_other: "ignored", evt_processed: "processed" });
  expect(lines).toHaveLength(3);
});

test("a dry run counts the same, and keeps and sends nothing", async () => {
  const { take, events, eventQueue, stored } = await world();
  const counts = await replay({ listed: events, take: take(true), say: silent });
  expect(counts).toEqual({ known: 2, ignored: 1, queued: 3, failed: 0 });
  expect([eventQueue.sent, stored("stripeEvent").length]).toEqual([[], 4]);
});

test("one that fails is said, and stops no other", async () => {
  const lines: string[] = [];
  const take = ({ event }: ListedEvent) =>
    event.id === "evt_1" ? Promise.reject(new Error("away")) : Promise.resolve("known" as const);
  const events = all([listed("evt_1"), listed("evt_2")]);
  expect(await replay({ listed: events, take, say: (line) => void lines.push(line) })).toMatchObject({
    known: 1,
    failed: 1,
  });
  expect(lines).toEqual(["evt_1 payment_intent.succeeded: away"]);
});
