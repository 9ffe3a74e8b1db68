/**
 * Payouts in a storm: whatever is lost, repeated or answered by an error, money leaves once or comes back, and the books say what
 * the processor holds. What runs here is the quick size; `RUNS=10000 SEED=1` runs more, or other ones. A seed in
 * memory replays exactly; over HTTP it decides the faults, and the machine the order.
 */
import { expect, test } from "@jest/globals";
import { disturbances } from "#shared/adapters/memory/payout-processor";
import type { Payout } from "#shared/domain/payouts/payout";
import { requestPayout } from "#shared/domain/payouts/request-payout";
import type { PayoutProcessorUnderTest } from "../support/payout-processor-under-test.ts";
import { aPayoutAccount } from "../support/money-builders.ts";
import { memoryPayouts } from "../support/memory-payouts.ts";
import { EARNED, payoutLives } from "../support/payout-lives.ts";
import { randomOf } from "../support/random.ts";
import { startStripePayouts } from "../support/stripe-payouts.ts";

const SEED = Number(process.env["SEED"] ?? 20_261_126);
const RUNS = Number(process.env["RUNS"] ?? 250);
/** Over HTTP. */
const AT_ONCE = 12;
const creatorOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
type Lives = ReturnType<typeof payoutLives>;

async function expectEnded(lives: Lives, under: PayoutProcessorUnderTest, payout: Payout): Promise<void> {
  const { id, creatorId, status, amount } = payout;
  const { wallet, earnings, minimums } = await lives.wholeOf(creatorId);
  const { transfers, payouts } = under.objectsOf(payout);
  expect([id, transfers.length <= 1, payouts.length <= 1]).toEqual([id, true, true]);
  expect([id, ["paid", "failed"].includes(status)]).toEqual([id, true]);
  expect(wallet).toMatchObject({ inFlight: 0, payable: status === "paid" ? EARNED - amount.amount : EARNED });
  expect(under.heldBy(payout.processorAccountId)).toBe(0);
  if (status === "paid") return expect([transfers.length, payouts.length]).toEqual([1, 1]);
  // The money can be paid out again.
  const account = aPayoutAccount({ creatorId, processorAccountId: payout.processorAccountId });
  const again = requestPayout({ wallet, earnings, minimums, account }, { id }, lives.invocation());
  expect(again.payout.amount.amount).toBe(EARNED);
}

function expectBooksAgree(lives: Lives, under: PayoutProcessorUnderTest, began: number, all: readonly Payout[]): void {
  const creators = all.reduce((sum, { processorAccountId }) => sum + under.heldBy(processorAccountId), 0);
  expect([lives.booked("stripe_balance"), lives.booked("connected_balance")]).toEqual([under.held() - began, creators]);
}

const shown = (tally: ReadonlyMap<string, number>): string => JSON.stringify(Object.fromEntries([...tally].sort()));
const reached = (tally: ReadonlyMap<string, number>, names: readonly string[]) =>
  expect(names.filter((name) => !tally.has(name))).toEqual([]);

const ALWAYS = [
  "transfer done", "transfer unknown", "payout done", "payout unknown", "payout refused", "arrival done", "arrival refused",
  "reversal done", "crashed before asking", "crashed between asking and writing", "crashed after writing", "paid", "failed",
]; // prettier-ignore

test("in memory, each run with a seed of its own", async () => {
  const tally = new Map<string, number>();
  for (let seed = SEED; seed < SEED + RUNS; seed += 1) {
    const random = randomOf(seed);
    let nowMs = 0;
    const under = memoryPayouts(() => nowMs);
    const lives = payoutLives({ under, random, tally, passTo: (ms) => (nowMs = ms) });
    under.processor.disturb(() =>
      random() < 0.35 ? disturbances[Math.floor(random() * disturbances.length)] : undefined,
    );
    // Now and then there is too little.
    await under.fund(random() < 0.1 ? 3_000 : EARNED);
    const began = under.held();
    try {
      const payout = await lives.lived(await lives.requested(creatorOf(1)));
      tally.set(payout.status, (tally.get(payout.status) ?? 0) + 1);
      await expectEnded(lives, under, payout);
      expectBooksAgree(lives, under, began, [payout]);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  console.log(`payouts in memory, seeds ${SEED} and on: ${RUNS} runs; ${shown(tally)}`);
  reached(tally, [...ALWAYS, "transfer refused", "reversal unknown", "refused request.unavailable"]);
}, 120_000);

test("over HTTP, several at once", async () => {
  const tally = new Map<string, number>();
  const random = randomOf(SEED);
  const stripe = await startStripePayouts(Date.parse("2026-11-25T12:00:00.000Z"));
  try {
    const lives = payoutLives({ under: stripe, random, tally, passTo: stripe.passTo });
    const creators = Array.from({ length: 60 }, (_, at) => creatorOf(at + 1));
    await stripe.fund(creators.length * EARNED);
    const asked = await Promise.all(creators.map((creatorId) => lives.requested(creatorId)));
    const began = stripe.held();
    await stripe.storm(SEED, {
      ...{ timeout_before: 0.01, timeout_after: 0.02, error_500: 0.03, error_500_after: 0.04, error_503: 0.03 },
      ...{ rate_limit_429: 0.04, lock_timeout: 0.03, key_in_use: 0.04, reset: 0.005, reset_after: 0.01 },
    });
    const ended: Payout[] = [];
    const one = async (): Promise<void> => {
      for (let id = asked.pop(); id !== undefined; id = asked.pop()) ended.push(await lives.lived(id));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    for (const payout of ended) {
      tally.set(payout.status, (tally.get(payout.status) ?? 0) + 1);
      await expectEnded(lives, stripe, payout);
    }
    expectBooksAgree(lives, stripe, began, ended);
    console.log(`payouts over HTTP, seed ${SEED}: ${ended.length} payouts; ${shown(tally)}`);
    reached(tally, ["transfer done", "payout done", "arrival done", "reversal done", "paid", "failed"]);
  } finally {
    await stripe.stop();
  }
}, 120_000);
