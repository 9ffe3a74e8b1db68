/**
 * The payment processor of a world: payments, creators' accounts and payouts on one balance, its notices, which are told more
 * than once, late, in any order, or much later, and what payers' banks and creators' banks do there.
 */
import { type MemoryConnectedAccounts, memoryConnectedAccounts } from "#shared/adapters/memory/connected-accounts";
import { memoryPayments, type MemoryPayments } from "#shared/adapters/memory/payments";
import { memoryPayoutProcessor, type MemoryPayoutProcessor } from "#shared/adapters/memory/payout-processor";
import type { ReceivedEvent } from "#shared/domain/processor/payment";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { chanceOf } from "./chance.ts";
import { isDone, request } from "./client.ts";
import { BEGAN_AT, type World } from "./world.ts";

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** How long the processor waits before it tells again. Source: Stripe docs, "Webhooks": retries with growing waits, for three days. */
const waitsMs = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS];

/** The one currency that is simulated. */
export const CURRENCY = "USD";

export interface Processor {
  readonly payments: MemoryPayments;
  readonly accounts: MemoryConnectedAccounts;
  readonly payouts: MemoryPayoutProcessor;
  /** What was paid, by payment. */
  readonly paid: Map<string, { readonly userId: string; readonly amount: number }>;
  /** Notices that were not taken yet, and what else is still to happen there. */
  left: number;
  /** The payer pays, or a part, or too much, or gives up; then the processor tells of it. */
  pay(paymentIntentId: string, userId: string, amount: number): void;
  cancel(paymentIntentId: string): void;
  /** The processor tells of an object, at least once. */
  tell(type: string, objectId: string, more?: Partial<ReceivedEvent>): void;
  /** Something that happens there later. */
  later(ms: number, act: () => void): void;
  /** Nobody has paid anything else than what they were asked for, and nothing has happened there that it has not told yet. */
  readonly isWhole: () => boolean;
  /** The house's money there, as both sides of it have left it. */
  readonly held: () => number;
  readonly movements: () => readonly ProcessorMovement[];
}

export const processorOf = ({ outside }: World): Processor => outside["processor"] as Processor;

/** The world's processor, made at first use. */
export function processorIn(world: World): Processor {
  const known = world.outside["processor"] as Processor | undefined;
  if (known) return known;
  const made = processor(world);
  world.outside["processor"] = made;
  return made;
}

function processor(world: World): Processor {
  const { running } = world;
  const payments = memoryPayments(running.now);
  payments.takeFees();
  payments.captureLater();
  const accounts = memoryConnectedAccounts();
  const payouts = memoryPayoutProcessor(accounts, () => BEGAN_AT + running.nowMs());
  const notices = noticesOf(world, payments, (by) => void (self.left += by));
  const told: { readonly type: string; readonly objectId: string }[] = [];
  // A payment is asked about by whoever pays: of what else happens nobody here knows before it is told.
  const isHeard = (): boolean => {
    const heard = world.items("stripeEvent").filter(({ status }) => status !== "received");
    return told.every(
      (one) =>
        one.type.startsWith("payment_intent.") ||
        heard.some(({ type, objectId }) => type === one.type && objectId === one.objectId),
    );
  };
  let funded = 0;
  const self: Processor = {
    payments,
    accounts,
    payouts,
    paid: new Map(),
    left: 0,
    pay(intentId, userId, amount) {
      payments.pay(intentId, amount);
      self.paid.set(intentId, { userId, amount });
      const chance = chanceOf(running.seed, "capture", intentId);
      // What the processor keeps is mostly known at once.
      if (!chance.happens(0.2)) payments.capture(intentId);
      else self.later(chance.between(1, 40) * MINUTE_MS, () => payments.capture(intentId));
      self.tell("payment_intent.succeeded", intentId);
    },
    cancel(intentId) {
      payments.cancel(intentId);
      self.tell("payment_intent.canceled", intentId);
    },
    tell(type, objectId, more) {
      told.push({ type, objectId });
      notices(type, objectId, more);
    },
    later(ms, act) {
      self.left += 1;
      running.later(ms, () => {
        self.left -= 1;
        act();
      });
    },
    isWhole: () => [...self.paid].every(([id, { amount }]) => payments.asked(id) === amount) && isHeard(),
    held() {
      const paidIn = payments.movements().reduce((sum, one) => sum + one.amountMinor - one.feeMinor, 0);
      payouts.fund(CURRENCY, paidIn - funded);
      funded = paidIn;
      return payouts.held(CURRENCY);
    },
    movements: () => [...payments.movements(), ...payouts.movements()],
  };
  return self;
}

function noticesOf(world: World, payments: MemoryPayments, wait: (by: number) => void): Processor["tell"] {
  const { running } = world;
  interface Notice {
    readonly type: string;
    readonly objectId: string;
    readonly more: Partial<ReceivedEvent>;
    readonly copy: string;
  }
  const deliver = (notice: Notice, attempt: number, afterMs: number): void =>
    running.later(afterMs, () => {
      const { type, objectId, more, copy } = notice;
      const { rawBody: raw, signature } = payments.webhook(objectId, `evt_${objectId}_${copy}`, type, more);
      const sent = { raw, headers: { "stripe-signature": signature } };
      void request(world, "receiveStripeWebhook", sent, `notice of ${objectId} ${copy} #${attempt}`).then((answer) => {
        if (isDone(answer)) wait(-1);
        else deliver(notice, attempt + 1, waitsMs[attempt - 1] ?? 12 * HOUR_MS);
      });
    });
  let told = 0;
  return (type, objectId, more = {}) => {
    told += 1;
    const copies = 1 + chanceOf(running.seed, "copies", objectId, type).below(3);
    for (let nth = 1; nth <= copies; nth += 1) {
      const copy = `${type}_${told}-${nth}`;
      const chance = chanceOf(running.seed, "notice", objectId, type, nth);
      const isLost = running.faults.strikes("noticeLost", `${objectId} ${type} ${nth}`);
      wait(1);
      const notice = { type, objectId, more: { createdAt: running.now(), ...more }, copy };
      const soonMs = chance.happens(0.4) ? chance.between(50, 400) : chance.between(400, 5 * MINUTE_MS);
      deliver(notice, 1, isLost ? chance.between(1, 20) * HOUR_MS : soonMs);
    }
  };
}
