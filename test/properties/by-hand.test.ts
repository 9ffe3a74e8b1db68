/**
 * What people do by hand in Stripe's dashboard, at random, beside brands, banks, late events and deaths: the books are what Stripe
 * says, nothing is locked, and every request ends. `RUNS=1000 SEED=1` runs more, or other ones; a seed replays exactly.
 */
import { test } from "@jest/globals";
import type { Ended } from "./money-history.ts";
import { putRightHistory } from "./put-right-history.ts";
import { refundHistory } from "./refund-history.ts";

const SEED = Number(process.env["SEED"] ?? 20_261_127);
const RUNS = Number(process.env["RUNS"] ?? 20);

type History = (seed: number) => Promise<Ended>;

/** @throws with all of it for one that does not end well */
async function endsWell(history: History, seed: number): Promise<void> {
  const { problems, trace } = await history(seed);
  if (problems.length > 0) throw new Error([`seed ${seed}`, ...problems, ...trace].join("\n"));
}

/** Their seeds are printed, and the first that does not end well is shown whole. */
async function lived(what: string, history: History): Promise<void> {
  const bad: { readonly seed: number; readonly error: unknown }[] = [];
  for (let seed = SEED; seed < SEED + RUNS; seed += 1)
    await endsWell(history, seed).catch((error: unknown) => bad.push({ seed, error }));
  const seeds = bad.map(({ seed }) => seed).join(" ");
  console.log(`${what}, seeds ${SEED} and on: ${RUNS} histories, ${bad.length} bad ${seeds}`);
  if (bad[0]) throw bad[0].error;
}

test(
  "refunds: names of ours where they do not belong, lost answers, banks that change their mind",
  () => lived("refunds by hand", refundHistory),
  3_600_000,
);

test(
  "deposits whose payments stop naming them, and are put right",
  () => lived("deposits put right", putRightHistory),
  3_600_000,
);

// The first history that goes wrong without the rule.
test.each([
  ["that waits for funds, renamed to another of ours", 1],
  ["under a name of none that there is, or booked and renamed to another of ours", 3],
  ["under the name of one that goes back by another payment", 49],
])("a refund %s: seed %i", (_, seed) => endsWell(refundHistory, seed), 60_000);
