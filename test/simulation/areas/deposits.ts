/** Money comes in: brands pay by card, and the processor tells of it, more than once, late, in any order, or much later. */
import { memoryPayments, type MemoryPayments } from "#shared/adapters/memory/payments";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { ProcessorMovement } from "#shared/domain/reconciliations/processor-movement";
import type { Area, Invariant, Move, Story } from "../area.ts";
import { chanceOf } from "../chance.ts";
import { clientOf, isDone, request } from "../client.ts";
import { unreliable } from "../outside.ts";
import { BEGAN_AT, type World } from "../world.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How long the processor waits before it tells again. Source: Stripe docs, "Webhooks": retries with growing waits, for three days. */
const waitsMs = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS];

/** The processor, and what it knows of each payment. */
export interface Processor {
  readonly payments: MemoryPayments;
  /** What was paid, by payment. */
  readonly paid: Map<string, { readonly userId: string; readonly amount: number; readonly atMs: number }>;
  /** Notices that were not taken yet. */
  notices: number;
  /** The payer pays, or a part, or too much, or gives up; then the processor tells of it. */
  pay(paymentIntentId: string, userId: string, amount: number): void;
  cancel(paymentIntentId: string): void;
}

export const processorOf = ({ outside }: World): Processor => outside["processor"] as Processor;

function processor(world: World): Processor {
  const { running } = world;
  const payments = memoryPayments();
  const paid: Processor["paid"] = new Map();
  const tell = (intentId: string, copy: string): void => {
    const chance = chanceOf(running.seed, "notice", intentId, copy);
    const isLost = running.faults.strikes("noticeLost", `${intentId} ${copy}`);
    self.notices += 1;
    deliver(intentId, copy, 1, isLost ? chance.between(1, 20) * HOUR_MS : chance.between(200, 5 * MINUTE_MS));
  };
  const deliver = (intentId: string, copy: string, attempt: number, afterMs: number): void =>
    running.later(afterMs, () => {
      const { rawBody: raw, signature } = payments.webhook(intentId, `evt_${intentId}_${copy}`);
      const name = `notice of ${intentId} ${copy} #${attempt}`;
      const sent = { raw, headers: { "stripe-signature": signature } };
      void request(world, "receiveStripeWebhook", sent, name).then((answer) => {
        if (isDone(answer)) self.notices -= 1;
        else deliver(intentId, copy, attempt + 1, waitsMs[attempt - 1] ?? 12 * HOUR_MS);
      });
    });
  const tellOf = (intentId: string): void => {
    const copies = 1 + chanceOf(running.seed, "copies", intentId).below(3);
    for (let copy = 1; copy <= copies; copy += 1) tell(intentId, `${copy}`);
  };
  const self: Processor = {
    payments,
    paid,
    notices: 0,
    pay(intentId, userId, amount) {
      payments.pay(intentId, amount);
      paid.set(intentId, { userId, amount, atMs: BEGAN_AT + running.nowMs() });
      tellOf(intentId);
    },
    cancel(intentId) {
      payments.cancel(intentId);
      tellOf(intentId);
    },
  };
  return self;
}

const statementsOf = ({ paid }: Processor) => ({
  movements: (from: string, to: string): Promise<readonly ProcessorMovement[]> =>
    Promise.resolve(
      [...paid].flatMap(([id, { amount, atMs }]): ProcessorMovement[] => {
        const createdAt = plusMilliseconds(new Date(0).toISOString(), atMs);
        if (createdAt < from || createdAt >= to) return [];
        const amounts = { currency: "USD", amountMinor: amount, feeMinor: 0 } as const;
        return [{ id: `txn_${id}`, type: "charge", ...amounts, createdAt, objectIds: [`txn_${id}`, id] }];
      }),
    ),
});

/** Deposits that somebody has begun, as their own browser remembers them. */
const begun = new WeakMap<World, { readonly userId: string; readonly depositId: string }[]>();
const begunIn = (world: World) => {
  const known = begun.get(world) ?? [];
  begun.set(world, known);
  return known;
};

const shares = [1, 1, 1, 1, 0.5, 1.1, 0];
const paying: Move = {
  name: "pay in",
  role: "brand",
  weight: 5,
  async act(me, chance, world) {
    const { userId } = me.person;
    const amount = 20_000 + chance.below(180_000);
    const share = chance.oneOf(shares) ?? 1;
    const deposit = await me.act("depositFunds", { body: { amount, currency: "USD" } });
    if (!isDone(deposit)) return true;
    const { id: depositId, paymentIntentId } = deposit.body as { id: string; paymentIntentId: string };
    begunIn(world).push({ userId, depositId });
    if (share > 0) processorOf(world).pay(paymentIntentId, userId, Math.ceil(amount * share));
    else if (chance.happens(0.5)) processorOf(world).cancel(paymentIntentId);
    if (chance.happens(0.6)) await me.act("confirmDeposit", { path: { depositId } });
    return true;
  },
};

const confirming: Move = {
  name: "confirm a deposit, once more",
  role: "brand",
  weight: 2,
  async act(me, chance, world) {
    const own = begunIn(world).filter(({ userId }) => userId === me.person.userId);
    const one = chance.oneOf(own);
    if (one === undefined) return false;
    await me.act("confirmDeposit", { path: { depositId: one.depositId } });
    return true;
  },
};

const looking: Move = {
  name: "look into the wallet",
  role: "brand",
  weight: 1,
  async act(me) {
    await me.get("getWallet");
    await me.list("listWalletTransactions");
    return true;
  },
};

const entriesOf = (world: World): readonly JournalEntry[] =>
  world.items("journalEntry").map((item) => JournalEntry.parse(item));

const invariants: readonly Invariant[] = [
  {
    says: "a payment was not credited once, as it was received",
    broken(world) {
      const credits = new Map<string, number[]>();
      for (const { type, key, lines } of entriesOf(world)) {
        if (type !== "deposit") continue;
        const intentId = key.slice("deposit:".length);
        const credited = lines.flatMap(({ account, amount }) => (account.of === "wallet" ? [amount] : []));
        credits.set(intentId, [...(credits.get(intentId) ?? []), ...credited]);
      }
      const { paid } = processorOf(world);
      const unpaid = [...credits.keys()].flatMap((id) => (paid.has(id) ? [] : [`${id} was never paid`]));
      const wrong = [...paid].flatMap(([id, { amount }]) => {
        const credited = credits.get(id) ?? [];
        return credited.length === 1 && credited[0] === amount
          ? []
          : [`${id}: ${amount} paid, ${credited.join(" and ")} credited`];
      });
      return [...unpaid, ...wrong];
    },
  },
];

const deposit: Story = {
  name: "a deposit, confirmed and told of",
  async tell(world) {
    const [brand] = world.people.filter(({ role }) => role === "brand");
    if (brand === undefined) return;
    const me = clientOf(world, brand, "deposit", true);
    await me.act("openWallet", { body: {} });
    const made = await me.act("depositFunds", { body: { amount: 50_000, currency: "USD" } });
    if (!isDone(made)) return world.find("the deposit was refused");
    processorOf(world).pay(made.body["paymentIntentId"], brand.userId, 50_000);
    await me.act("confirmDeposit", { path: { depositId: made.body["id"] } });
  },
};

export const area: Area = {
  moves: [paying, confirming, looking],
  outside(world) {
    const { running, outside } = world;
    const one = processor(world);
    outside["processor"] = one;
    const safe = { isRepeatable: true, local: ["verifyWebhook"] };
    return {
      payments: unreliable(running, "payments", one.payments, safe),
      statements: unreliable(running, "statements", statementsOf(one), safe),
      platformFees: { schedule: [{ from: "2026-01-01T00:00:00.000Z", basisPoints: 333 }] },
    };
  },
  left: (world) => processorOf(world).notices,
  invariants,
  stories: [deposit],
};
