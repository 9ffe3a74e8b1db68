/** Money comes in: brands pay by card, take back what they do not need, and their banks dispute what they paid. */
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { Area, Invariant, Move, Story } from "../area.ts";
import { clientOf, isDone } from "../client.ts";
import { unreliable } from "../outside.ts";
import { disputed, paymentsPort, queueOf, refundedByHand } from "../payers.ts";
import { CURRENCY, HOUR_MS, processorIn, processorOf } from "../processor.ts";
import type { World } from "../world.ts";

/** Deposits that somebody has begun, as their own browser remembers them. */
const begun = new WeakMap<World, { readonly userId: string; readonly depositId: string }[]>();
const begunIn = (world: World) => {
  const known = begun.get(world) ?? [];
  begun.set(world, known);
  return known;
};

const shares = [1, 1, 1, 1, 1, 1, 1, 1, 0.5, 1.1, 0, 0];
const paying: Move = {
  name: "pay in",
  role: "brand",
  weight: 3,
  async act(me, chance, world) {
    const { userId } = me.person;
    const amount = 20_000 + chance.below(180_000);
    const share = chance.oneOf(shares) ?? 1;
    const deposit = await me.act("depositFunds", { body: { amount, currency: "USD" } });
    if (!isDone(deposit)) return true;
    const { id: depositId, paymentIntentId } = deposit.body as { id: string; paymentIntentId: string };
    begunIn(world).push({ userId, depositId });
    const processor = processorOf(world);
    if (share > 0) processor.pay(paymentIntentId, userId, Math.ceil(amount * share));
    else if (chance.happens(0.5)) processor.cancel(paymentIntentId);
    if (share === 1 && chance.happens(0.12)) disputed(processor, paymentIntentId, amount, chance);
    if (share === 1 && chance.happens(0.12)) refundedByHand(processor, paymentIntentId, amount, chance);
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

const takingBack: Move = {
  name: "ask for a refund",
  role: "brand",
  weight: 2,
  async act(me, chance) {
    const wallet = await me.get("getWallet");
    const spendable = isDone(wallet) ? Number(wallet.body["spendable"]) : 0;
    if (spendable <= 0) return false;
    const amount = chance.happens(0.2) ? spendable : 1 + chance.below(spendable);
    await me.act("requestRefund", { body: { amount: { amount, currency: CURRENCY } } });
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

/** Payments of another amount than was asked for: noted, and credited to nobody. */
export const mismatched = (world: World): ReadonlyMap<string, number> =>
  new Map(
    world.items("deposit").flatMap((item) => {
      const intentId = String(item["paymentIntentId"]);
      const paid = processorOf(world).paid.get(intentId);
      return item["mismatch"] === undefined || paid === undefined ? [] : [[intentId, paid.amount] as const];
    }),
  );

/** What was credited to wallets, by payment. */
function creditsIn(world: World): ReadonlyMap<string, readonly number[]> {
  const credits = new Map<string, number[]>();
  for (const { type, key, lines } of entriesOf(world)) {
    if (type !== "deposit") continue;
    const intentId = key.slice("deposit:".length);
    // What a brand owes is paid first.
    const credited = lines.flatMap(({ account, amount }) => (account.of === "wallet" ? [amount] : []));
    const sum = credited.reduce((all, one) => all + one, 0);
    credits.set(intentId, [...(credits.get(intentId) ?? []), sum]);
  }
  return credits;
}

const invariants: readonly Invariant[] = [
  {
    says: "a payment was not credited once, as it was received",
    broken(world) {
      const credits = creditsIn(world);
      const { paid } = processorOf(world);
      const noted = mismatched(world);
      const asked = new Map(
        world.items("deposit").map((item) => [item["paymentIntentId"], (item["amount"] as { amount: number }).amount]),
      );
      const unpaid = [...credits.keys()].flatMap((id) => (paid.has(id) ? [] : [`${id} was never paid`]));
      const wrong = [...paid].flatMap(([id, { amount }]) => {
        const credited = credits.get(id) ?? [];
        const isRight =
          asked.get(id) === amount
            ? credited.length === 1 && credited[0] === amount
            : credited.length === 0 && (noted.has(id) || !asked.has(id));
        return isRight ? [] : [`${id}: ${amount} paid of ${asked.get(id)}, ${credited.join(" and ")} credited`];
      });
      return [...unpaid, ...wrong];
    },
  },
  {
    says: "a deposit or a refund has not ended",
    broken(world) {
      const { paid } = processorOf(world);
      const deposits = world.items("deposit").flatMap(({ id, status, paymentIntentId, feePending, mismatch }) => {
        const isOpen = status === "pending" && mismatch === undefined && paid.has(String(paymentIntentId));
        return isOpen || feePending === true ? [`${String(id)} is ${String(status)}, its payment is made`] : [];
      });
      const refunds = world
        .items("refund")
        .flatMap(({ id, status }) =>
          status === "succeeded" || status === "failed" ? [] : [`${String(id)} is ${String(status)}`],
        );
      return [...deposits, ...refunds];
    },
  },
  {
    says: "what the processor told was not worked through",
    broken: (world) =>
      world
        .items("stripeEvent")
        .flatMap(({ id, status }) =>
          status === "processed" || status === "ignored" ? [] : [`${String(id)}: ${String(status)}`],
        ),
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

const refund: Story = {
  name: "a deposit, disputed, and a refund of another",
  async tell(world) {
    const [brand] = world.people.filter(({ role }) => role === "brand");
    if (brand === undefined) return;
    const me = clientOf(world, brand, "payer", true);
    const processor = processorOf(world);
    for (const amount of [30_000, 40_000]) {
      const made = await me.act("depositFunds", { body: { amount, currency: CURRENCY } });
      if (!isDone(made)) return world.find("the deposit was refused");
      const intentId = String(made.body["paymentIntentId"]);
      processor.pay(intentId, brand.userId, amount);
      await me.act("confirmDeposit", { path: { depositId: made.body["id"] } });
      if (amount === 40_000) continue;
      const disputeId = processor.payments.dispute(intentId, 10_000);
      processor.tell("charge.dispute.created", disputeId, { paymentIntentId: intentId });
      await world.running.takes(HOUR_MS);
      processor.payments.closeDispute(disputeId, "won");
      processor.tell("charge.dispute.closed", disputeId, { paymentIntentId: intentId });
    }
    const asked = await me.act("requestRefund", { body: { amount: { amount: 25_000, currency: CURRENCY } } });
    if (!isDone(asked)) world.find(`the refund was refused: ${asked?.text ?? "no answer"}`);
  },
};

export const area: Area = {
  moves: [paying, confirming, takingBack, looking],
  outside(world) {
    const { running } = world;
    const processor = processorIn(world);
    const safe = { isRepeatable: true, local: ["verifyWebhook"] };
    return {
      payments: unreliable(running, "payments", paymentsPort(world, processor), safe),
      eventQueue: unreliable(running, "eventQueue", queueOf(world), safe),
    };
  },
  left: (world) => processorOf(world).left,
  invariants,
  stories: [deposit, refund],
};
