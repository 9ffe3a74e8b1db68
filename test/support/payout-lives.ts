/**
 * Payouts from their request to their end, by the worker as it is deployed, while replies are lost, workers crash between any two
 * calls, two of them meet, events come before replies, and accounts are restricted. What happens follows from the seed.
 */
import { handler } from "#lambdas/payouts/carry-out-payouts";
import type { Change } from "#shared/domain/change";
import { systemActor } from "#shared/domain/kernel/actor";
import { Refusal } from "#shared/domain/kernel/refusal";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { FINAL_STATUSES, type Payout } from "#shared/domain/payouts/payout";
import type { Ask } from "#shared/domain/payouts/steps";
import { requestPayout } from "#shared/domain/payouts/request-payout";
import { type Clock, withinTime } from "#shared/ports/call-time";
import { untilDecided } from "#shared/runtime/until-decided";
import type { PayoutProcessorUnderTest } from "./payout-processor-under-test.ts";
import { aPayoutAccount, anEarning, aWallet } from "./money-builders.ts";
import { sequentialIds, testStage } from "./stage.ts";

export interface PayoutWorld {
  readonly under: PayoutProcessorUnderTest;
  readonly random: () => number;
  /** The processor's clock follows ours. */
  readonly passTo?: (ms: number) => void;
  readonly tally: Map<string, number>;
}

class Crashed extends Error {}
/** Above any number of misses that may follow one another, and far below for ever. */
const ROUNDS = 150;
const PARTS = [4_000, 6_000];
export const EARNED = PARTS.reduce((sum, part) => sum + part, 0);
const actor = systemActor("payout-lives");
const writes = new Set(["payout", "earning", "journalEntry"] as const);

/** Waits pass at once; what is lost is lost at the processor. */
const brisk: Clock = {
  nowMs: () => 0,
  after: (_ms, ring) => {
    const set = setImmediate(ring);
    return () => clearImmediate(set);
  },
  random: () => 0,
};

export function payoutLives({ under, random, passTo, tally }: PayoutWorld) {
  const stage = testStage();
  const newId = sequentialIds();
  const settled = new Set<string>();
  const count = (name: string) => tally.set(name, (tally.get(name) ?? 0) + 1);
  const chance = (share: number) => random() < share;
  const invocation = () => ({ actor, now: stage.clock.now, newId, requestId: "request" });
  const commit = (change: Change) => stage.ports.changes.commit({ ...invocation(), writes }, change);
  const { wallets, earnings, payouts } = stage.ports;
  const wholeOf = async (creatorId: string) => ({
    wallet: await wallets.get(creatorId),
    earnings: await earnings.payable(creatorId, 60),
    minimums: {},
  });

  function mayCrash(where: string): void {
    if (!chance(0.05)) return;
    count(`crashed ${where}`);
    throw new Crashed();
  }

  /** What somebody hears of a payout: that its step is due, or that one of its objects is another than it was. */
  function event(payout: Payout) {
    const { transfers, payouts: sent } = under.objectsOf(payout);
    const { id: payoutId, processorAccountId } = payout;
    const changed = (objectType: string, objectId: string, connectedAccountId: string | null) => ({
      type: "processor.object_changed",
      detail: { objectType, objectId, connectedAccountId },
    });
    const all = [
      { type: "payout.step_due", detail: { payoutId } },
      ...transfers.map((id) => changed("transfer", id, null)),
      ...sent.map((id) => changed("payout", id, processorAccountId)),
    ];
    return all[Math.floor(random() * all.length)];
  }

  async function work(payout: Payout, isNested = false): Promise<void> {
    const payoutProcessor = {
      ...under.processor,
      async carryOut(ask: Ask) {
        mayCrash("before asking");
        const answer = await under.processor.carryOut(ask);
        count(`${ask.step} ${answer.is}`);
        // An event is there before the reply is.
        if (!isNested && chance(0.1)) await work(payout, true);
        mayCrash("between asking and writing");
        return answer;
      },
    };
    const committing = async (change: Change) => {
      await commit(change);
      mayCrash("after writing");
    };
    const ports = { payouts, wallets, earnings, payoutProcessor, commit: committing };
    type Run = Parameters<typeof handler.run>;
    const run = () => handler.run(invocation(), event(payout) as Run[1], ports as unknown as Run[2]);
    try {
      await withinTime(60_000, () => untilDecided(run), brisk);
    } catch (error) {
      if (error instanceof Refusal) count(`refused ${error.refusal.code}`);
      else if (!(error instanceof Crashed)) throw error;
    }
  }

  async function nature(payout: Payout): Promise<void> {
    const { processorAccountId } = payout;
    if (chance(0.05)) await under.standing(processorAccountId, chance(0.5) ? "restricted" : "disabled");
    if (chance(0.2)) await under.standing(processorAccountId, "enabled");
    for (const id of under.objectsOf(payout).payouts) {
      if (settled.has(id) || chance(0.2)) continue;
      settled.add(id);
      await under.settle(id, chance(0.3) ? "account_closed" : undefined);
    }
  }

  function pass({ dueAt = stage.clock.now }: Payout): void {
    if (dueAt > stage.clock.now) stage.clock.now = dueAt;
    passTo?.(Date.parse(stage.clock.now));
  }

  /** Somebody who has earned asks for a part of it. */
  async function requested(creatorId: string): Promise<string> {
    const account = await under.accounts.open({ creatorId, email: `${creatorId}@example.com` });
    await under.standing(account.processorAccountId, "enabled");
    await stage.given("wallet", aWallet({ userId: creatorId, payable: EARNED }));
    for (const amount of PARTS) {
      const parts = { id: newId("earning"), creatorId, amount: { amount, currency: "USD" } as const };
      await stage.given("earning", anEarning(parts));
    }
    const state = await wholeOf(creatorId);
    const asked = {
      id: newId("payout"),
      amount: { amount: 1_000 + Math.floor(random() * 9_000), currency: "USD" } as const,
    };
    const ready = aPayoutAccount({ creatorId, processorAccountId: account.processorAccountId });
    await commit(requestPayout({ ...state, account: ready }, asked, invocation()).change);
    return asked.id;
  }

  /** A payout until it is final. @throws when it never is. */
  async function lived(id: string): Promise<Payout> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const payout = await payouts.get(id);
      if (payout === undefined) throw new Error("the payout is gone");
      if (FINAL_STATUSES.includes(payout.status)) return payout;
      await nature(payout);
      await Promise.all(Array.from({ length: chance(0.3) ? 2 : 1 }, () => work(payout)));
      if (chance(0.7)) pass(payout);
    }
    throw new Error(`never ends: ${JSON.stringify(await payouts.get(id))}`);
  }

  /** What the books say that is held at the processor. */
  function booked(account: "stripe_balance" | "connected_balance"): number {
    const lines = stage.stored("journalEntry").flatMap((row) => JournalEntry.parse(row).lines);
    const own = lines.filter((line) => line.account.of === "platform" && line.account.account === account);
    return own.reduce((sum, { amount }) => sum - amount, 0);
  }
  return { requested, lived, booked, wholeOf, invocation };
}
