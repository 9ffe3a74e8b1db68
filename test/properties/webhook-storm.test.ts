/**
 * T7. Everything that Stripe can say about payments, in any order, up to twenty times, beside forged webhooks, unknown types,
 * outages and lost messages: each object is booked once, our books say what Stripe holds, and nobody is answered 5xx but for an
 * outage that was injected. `WEBHOOK_STORM_EVENTS` and `WEBHOOK_STORM_SEED` say how large, and which.
 */
import { afterAll, expect, test } from "@jest/globals";
import { handler as sweepDeposits } from "#lambdas/deposits/sweep-deposits";
import { handler as sweepRefunds } from "#lambdas/refunds/sweep-refunds";
import { Refusal } from "#shared/domain/kernel/refusal";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { Unavailable } from "#shared/ports/outside";
import { processed, ran, usd, type Webhook } from "../actions/deposits/depositing.ts";
import { refunding } from "../actions/refunds/refunding.ts";
import { BRAND_ID } from "../support/builders.ts";
import { brokenInvariants } from "../support/launched.ts";
import { randomOf } from "../support/random.ts";

const EVENTS = Number(process.env["WEBHOOK_STORM_EVENTS"] ?? 300);
const seed = Number(process.env["WEBHOOK_STORM_SEED"] ?? Date.now() % 2 ** 31);
const random = randomOf(seed);
const counted = {
  seed,
  events: 0,
  deliveries: 0,
  forged: 0,
  refusedForged: 0,
  injected: 0,
  unanswered: 0,
  messages: 0,
  objects: 0,
};
afterAll(() => void process.stdout.write(`webhook storm: ${JSON.stringify(counted)}\n`));

const below = (bound: number): number => Math.floor(random() * bound);
const chance = (part: number): boolean => random() < part;
const oneOf = <T>(those: readonly T[]): T => those[below(those.length)] as T;
function shuffled<T>(those: readonly T[]): T[] {
  const all = [...those];
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [all[at], all[other]] = [all[other] as T, all[at] as T];
  }
  return all;
}
const inTens = <T>(those: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(those.length / 10) }, (_, at) => those.slice(at * 10, at * 10 + 10));

/** What Stripe tells of each thing that happens there; any of them may come first. */
const tellings = {
  payment: ["payment_intent.created", "payment_intent.succeeded", "charge.updated", "payment_intent.processing"],
  cancellation: ["payment_intent.canceled"],
  refund: ["refund.created", "refund.updated", "charge.refunded", "refund.failed"],
  dispute: ["created", "funds_withdrawn", "updated", "closed", "funds_reinstated"].map(
    (word) => `charge.dispute.${word}`,
  ),
  unknown: ["customer.updated", "payment_method.attached", "invoice.paid", "radar.early_fraud_warning.created"],
  followed: ["account.updated", "transfer.reversed", "payout.paid", "payout.failed"],
} as const;

test(`seed ${seed}: ${EVENTS} events and more, and every object is booked once`, async () => {
  const world = await refunding(60_000, 70_000);
  const { stage, begin, receive } = world;
  const { payments, eventQueue } = stage;
  let events = 0;
  const toldOf = (what: keyof typeof tellings, objectId: string, paymentIntentId: string | null): Webhook[] =>
    tellings[what].flatMap((type) => {
      const connectedAccountId = what === "followed" ? "acct_1" : null;
      const about = { paymentIntentId, connectedAccountId };
      const webhook = payments.webhook(objectId, `evt_${(events += 1)}`, type, about);
      // Most come once or twice; some up to twenty times.
      return Array.from({ length: 1 + below(chance(0.2) ? 20 : 3) }, () => webhook);
    });
  /** An outage now and then: of Stripe, or of the queue. */
  const shaky =
    <A extends unknown[], R>(call: (...asked: A) => Promise<R>, part: number) =>
    (...asked: A): Promise<R> => {
      if (!chance(part)) return call(...asked);
      counted.injected += 1;
      return Promise.reject(new Unavailable("something outside"));
    };
  const { recordOf, createRefund } = payments;
  const { send } = eventQueue;

  const expected = new Set<string>(["deposit:pi_1", "deposit:pi_2"]);
  async function happens(): Promise<Webhook[]> {
    const { paymentIntentId: intent } = await begin(usd(1_000 + below(9_000)), `key-${events}`);
    const kind = oneOf(["paid", "paid", "late", "disputed", "disputed", "cancelled", "abandoned"] as const);
    if (kind === "cancelled") payments.cancel(intent);
    if (kind === "abandoned" || kind === "cancelled") return toldOf("cancellation", intent, intent);
    payments.pay(intent);
    expected.add(`deposit:${intent}`);
    const paid = toldOf("payment", intent, intent);
    if (kind !== "disputed") return paid;
    const disputeId = payments.dispute(intent, chance(0.3) ? 500 : undefined);
    const outcome = oneOf(["won", "lost", "open"] as const);
    if (outcome !== "open") payments.closeDispute(disputeId, outcome);
    if (outcome === "lost") expected.add(`clawback:${disputeId}`);
    return [...paid, ...toldOf("dispute", disputeId, intent)];
  }
  async function refunds(): Promise<Webhook[]> {
    payments.answerRefunds(oneOf(["succeeded", "pending", "failed"] as const));
    const refund = await world.request(100 + below(900)).catch((error: unknown) => {
      if (error instanceof Refusal) return undefined;
      throw error;
    });
    if (refund === undefined) return [];
    await world.submit().catch(() => undefined);
    const made = (await recordOf("pi_2"))?.refunds.at(-1);
    if (made?.id !== undefined && made.status !== "failed" && chance(0.5))
      payments.endRefund(made.id, oneOf(["succeeded", "failed"] as const));
    return toldOf("refund", made?.id ?? "re_none", "pi_2");
  }

  const answered = async (webhook: Webhook): Promise<void> => {
    counted.deliveries += 1;
    const forged = webhook.signature !== "signed";
    counted.forged += Number(forged);
    // Stripe comes again until it is answered 200.
    for (let tries = 0; tries < 20; tries += 1) {
      const injected = counted.injected;
      try {
        await receive(webhook);
        if (forged) throw new Error("a forged webhook was believed");
        return;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (forged) {
          expect(error.refusal.code).toBe("webhook.bad_signature");
          counted.refusedForged += 1;
          return;
        }
        expect(error.refusal.kind).toBe("unavailable");
        expect(counted.injected).toBeGreaterThan(injected);
        counted.unanswered += 1;
      }
    }
  };
  /** SQS gives each message again until it is done, in no order, and some twice. */
  const workOff = async (): Promise<void> => {
    for (let rounds = 0; eventQueue.sent.length > 0 && rounds < 60; rounds += 1) {
      const messages = shuffled(eventQueue.sent.splice(0));
      for (const some of inTens(messages))
        await Promise.all(
          some.map(async (message) => {
            counted.messages += 1;
            const done = await processed(stage, message).then(
              () => true,
              () => false,
            );
            if (!done || chance(0.05)) eventQueue.sent.push(message);
          }),
        );
    }
  };

  while (events < EVENTS) {
    const happened = [...(await happens()), ...(chance(0.5) ? await refunds() : [])];
    const others = chance(0.3) ? toldOf("unknown", "obj_1", "pi_1") : toldOf("followed", "po_1", null);
    const forged = happened
      .slice(0, 3)
      .map(({ rawBody }) => ({ rawBody, signature: oneOf(["", "forged", undefined]) }));
    payments.recordOf = shaky(recordOf, 0.1);
    payments.createRefund = shaky(createRefund, 0.2);
    eventQueue.send = shaky(send, 0.1);
    for (const some of inTens(shuffled([...happened, ...others, ...forged]))) await Promise.all(some.map(answered));
    if (chance(0.7)) await workOff();
    Object.assign(payments, { recordOf, createRefund });
    eventQueue.send = send;
  }
  await workOff();
  // What is left is the sweeps': nothing stays open that Stripe has decided.
  for (let day = 27; day < 30; day += 1) {
    stage.clock.now = `2026-11-${day}T12:00:00.000Z`;
    await ran(stage, sweepDeposits);
    await ran(stage, sweepRefunds);
  }

  const entries = stage.stored("journalEntry") as unknown as JournalEntry[];
  const keys = entries.map(({ key }) => key);
  counted.objects = keys.length;
  counted.events = events;
  expect(new Set(keys).size).toBe(keys.length);
  const ofKind = (start: string) => keys.filter((key) => key.startsWith(start)).sort();
  expect([...ofKind("deposit:"), ...ofKind("clawback:")]).toEqual([...expected].sort((a, b) => Number(a.startsWith("clawback")) - Number(b.startsWith("clawback")) || (a < b ? -1 : 1))); // prettier-ignore
  // The books say what Stripe holds, to the cent, and its fees are the platform's.
  const held = entries
    .flatMap(({ lines }) => lines)
    .filter(({ account }) => account.of === "platform" && account.account === "stripe_balance")
    .reduce((sum, { amount }) => sum - amount, 0);
  expect(await payments.balance()).toEqual([usd(held)]);
  expect(await brokenInvariants(stage)).toEqual([]);
  const wallet = await stage.ports.wallets.get(BRAND_ID);
  expect(Math.min(wallet?.available ?? 0, wallet?.disputesReceivable ?? 0)).toBe(0);
  // Every event has ended, and whoever follows another object was told of each once.
  const kept = stage.stored("stripeEvent");
  expect([...new Set(kept.map(({ status }) => status))].sort()).toEqual(["ignored", "processed"]);
  const followed = kept.filter(({ type }) => tellings.followed.some((one) => one === type));
  expect(stage.outbox().filter((type) => type === "processor.object_changed")).toHaveLength(followed.length);
  expect(counted.refusedForged).toBe(counted.forged);
}, 120_000);
