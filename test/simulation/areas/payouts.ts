/** Creators are paid: their accounts at the processor, payouts on request, in runs and daily, and what banks make of them. */
import { disturbances } from "#shared/adapters/memory/payout-processor";
import { Payout } from "#shared/domain/payouts/payout";
import type { PayoutStep } from "#shared/domain/payouts/payout";
import type { ConnectedAccounts, PayoutProcessor } from "#shared/ports/payouts";
import { Earning } from "#shared/domain/wallets/earning";
import type { Area, Invariant, Move } from "../area.ts";
import { type Chance, chanceOf } from "../chance.ts";
import { type Client, isDone } from "../client.ts";
import { bookedIn } from "../books.ts";
import { earningFault, hasEnded } from "../earning-fault.ts";
import { currentPlace } from "../invocations.ts";
import { unreliable } from "../outside.ts";
import { CURRENCY, HOUR_MS, type Processor, processorIn, processorOf } from "../processor.ts";
import type { World } from "../world.ts";

/** A notice about an account, or what happens on it. */
const on = (connectedAccountId: string) => ({ connectedAccountId, paymentIntentId: null });

/** The processor as Lambdas ask it; a bank takes what has left, sends it back, or does so days later. */
function payoutPort(world: World, processor: Processor): PayoutProcessor {
  const { running } = world;
  const { payouts } = processor;
  const followed = new Set<string>();
  const settle = (id: string, accountId: string, failureCode?: string): void => {
    payouts.settle(id, failureCode);
    processor.tell(failureCode === undefined ? "payout.paid" : "payout.failed", id, on(accountId));
  };
  /** Somebody takes so much of a transfer back by hand: Stripe lets them, as long as the account holds it, whoever's it is. */
  const takenBack = (id: string, accountId: string, amount: number): void => {
    if (payouts.heldByCreators(CURRENCY, accountId) < amount) return;
    if (payouts.transfers().some((one) => one.id === id && one.reversals.length > 0)) return;
    payouts.takeBack(id, amount);
    processor.tell("transfer.reversed", id);
  };
  function watch(): void {
    for (const { id, accountId, amount } of payouts.transfers()) {
      if (followed.has(id)) continue;
      followed.add(id);
      const chance = chanceOf(running.seed, "transfer", id);
      const [part, afterMs] = [1 + chance.below(amount), chance.happens(0.5) ? 3_000 : 40 * HOUR_MS];
      const taken = chance.happens(0.5) ? amount : part;
      if (chance.happens(0.12)) processor.later(chance.between(0, afterMs), () => takenBack(id, accountId, taken));
    }
    for (const { id, accountId } of payouts.bankPayouts()) {
      if (followed.has(id)) continue;
      followed.add(id);
      const chance = chanceOf(running.seed, "bank", id);
      processor.later(chance.between(1, 40) * HOUR_MS, () => {
        if (chance.happens(0.15)) return settle(id, accountId, "account_closed");
        settle(id, accountId);
        if (chance.happens(0.1))
          processor.later(chance.between(1, 40) * HOUR_MS, () => settle(id, accountId, "no_account"));
      });
    }
  }
  payouts.disturb((step: PayoutStep) => {
    const name = `${currentPlace()} payoutProcessor.${step}`;
    if (!running.faults.strikes("outside", name)) return undefined;
    return chanceOf(running.seed, "disturbed", name).oneOf(disturbances);
  });
  return {
    whatChanged: (of) => payouts.whatChanged(of),
    heldOn: (accountId) => payouts.heldOn(accountId),
    async carryOut(ask) {
      const chance = chanceOf(running.seed, "carried", currentPlace());
      await running.takes(chance.between(20, 300));
      // What was paid in can be sent on.
      processor.held();
      const answer = await payouts.carryOut(ask);
      watch();
      await running.takes(answer.is === "unknown" ? 8_000 : chance.between(20, 300));
      return answer;
    },
  };
}

/** Only what Lambdas ask for. */
const accountsPort = ({ accounts }: Processor): ConnectedAccounts => ({
  open: (of) => accounts.open(of),
  retrieve: (id) => accounts.retrieve(id),
  onboardingUrl: (id) => accounts.onboardingUrl(id),
});

/** The account that somebody is sent to. */
const accountIn = (url: unknown): string | undefined => /acct_\d+$/.exec(String(url))?.[0];

/** Opens the account, tells the processor what it asks for, and sometimes looks. */
async function onboard(me: Client, chance: Chance, world: World): Promise<boolean> {
  const { accounts, tell } = processorOf(world);
  const account = await me.act("openPayoutAccount", {});
  if (!isDone(account)) return true;
  const id = accountIn(account.body["onboardingUrl"]);
  if (id === undefined) return false;
  if (chance.happens(0.8)) {
    accounts.onboard(id);
    tell("account.updated", id, on(id));
  }
  if (chance.happens(0.3)) await me.get("getPayoutAccount");
  return true;
}

const requesting: Move = {
  name: "ask for a payout",
  role: "creator",
  weight: 5,
  async act(me, chance) {
    const wallet = await me.get("getWallet");
    const payable = isDone(wallet) ? Number(wallet.body["payable"]) : 0;
    if (payable <= 0) return false;
    const part = 1 + chance.below(payable);
    const body = chance.happens(0.4) ? {} : { amount: { amount: part, currency: CURRENCY } };
    await me.act("requestPayout", { body });
    return true;
  },
};

const reviewing: Move = {
  name: "stop a creator's account at the processor, for a while",
  role: "admin",
  weight: 1,
  act(_me, chance, world) {
    const processor = processorOf(world);
    const ids = [...new Set(processor.payouts.transfers().map(({ accountId }) => accountId))];
    const id = chance.oneOf(ids);
    if (id === undefined) return Promise.resolve(false);
    processor.accounts.restrict(id);
    processor.tell("account.updated", id, on(id));
    processor.later(chance.between(1, 20) * HOUR_MS, () => {
      processor.accounts.onboard(id);
      processor.tell("account.updated", id, on(id));
    });
    return Promise.resolve(true);
  },
};

const running: Move = {
  name: "pay everybody",
  role: "admin",
  weight: 2,
  async act(me) {
    await me.act("startPayoutRun", {});
    return true;
  },
};

const payoutsIn = (world: World): readonly Payout[] => world.items("payout").map((item) => Payout.parse(item));

const several = (all: readonly { readonly payoutId: string }[]): string[] => {
  const counts = new Map<string, number>();
  for (const { payoutId } of all) counts.set(payoutId, (counts.get(payoutId) ?? 0) + 1);
  return [...counts].flatMap(([id, count]) => (count > 1 ? [`${id} has ${count}`] : []));
};

/** Whose money waits for the end of a ban. */
function heldIn(world: World): ReadonlySet<unknown> {
  return new Set(world.items("account").flatMap(({ id, status }) => (status === "suspended" ? [id] : [])));
}

const invariants: readonly Invariant[] = [
  {
    says: "a payout has not ended",
    broken(world) {
      const held = heldIn(world);
      return payoutsIn(world)
        .filter((payout) => !hasEnded(payout) && !held.has(payout.creatorId))
        .map(({ id, status, step }) => `${id} is ${status}, next ${String(step)}`);
    },
  },
  {
    says: "a payout was carried out twice",
    broken(world) {
      const { payouts } = processorOf(world);
      return [...several(payouts.transfers()), ...several(payouts.bankPayouts())];
    },
  },
  {
    says: "a payout is not what the bank says",
    broken(world) {
      const { payouts } = processorOf(world);
      const arrived = new Set(payouts.bankPayouts().flatMap((one) => (one.status === "paid" ? [one.payoutId] : [])));
      return payoutsIn(world).flatMap(({ id, status }) =>
        (status === "paid") === arrived.has(id) ? [] : [`${id} is ${status}, ${arrived.has(id) ? "" : "not "}there`],
      );
    },
  },
  {
    says: "an earning is not paid as its payouts say, nor waits for a date",
    broken(world) {
      const [payouts, held, now] = [payoutsIn(world), heldIn(world), world.running.now()];
      return world.items("earning").flatMap((item) => {
        const earning = Earning.parse(item);
        const fault = earningFault(earning, payouts, { now, isHeld: held.has(earning.creatorId) });
        return fault === undefined ? [] : [`${earning.id}: ${fault}`];
      });
    },
  },
  {
    says: "creators' accounts at the processor hold something else than the books say",
    broken(world) {
      const booked = bookedIn(world, "connected_balance");
      const there = processorOf(world).payouts.heldByCreators(CURRENCY);
      return booked === there ? [] : [`${booked} in the books, ${there} there`];
    },
  },
];

export const area: Area = {
  moves: [
    { name: "open an account for payouts", role: "creator", weight: 3, act: onboard },
    requesting,
    running,
    reviewing,
  ],
  outside(world) {
    const processor = processorIn(world);
    const safe = { isRepeatable: true };
    return {
      connectedAccounts: unreliable(world.running, "connectedAccounts", accountsPort(processor), safe),
      // How a write there may end, its own side decides.
      payoutProcessor: unreliable(world.running, "payoutProcessor", payoutPort(world, processor), {
        ...safe,
        local: ["carryOut"],
      }),
      payoutRules: { minimums: { USD: 100 } },
    };
  },
  invariants,
};
