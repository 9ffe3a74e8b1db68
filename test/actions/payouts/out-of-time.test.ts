/** A run that pays everybody and has no time for all of them: nobody is last for ever. */
import { expect, test } from "@jest/globals";
import { handler as runPayouts } from "#lambdas/payouts/run-payouts";
import { handler as startPayoutRun } from "#lambdas/payouts/start-payout-run";
import { memory } from "#shared/adapters/memory/index";
import type { JobRun } from "#shared/domain/jobs/job-run";
import { whereToBegin } from "#shared/domain/payouts/where-to-begin";
import { type Clock, withinTime } from "#shared/ports/call-time";
import { connect } from "#shared/runtime/connect";
import { eachOf } from "#shared/runtime/implement-job";
import type { RunContext } from "#shared/runtime/middleware/run-record";
import { jobPipeline } from "#shared/runtime/pipelines";
import { ADMIN_ID, anAccount } from "../../support/builders.ts";
import { loggedLines, lambdaContext } from "../../support/gateway.ts";
import { aPayoutAccount, anEarning, aWallet } from "../../support/money-builders.ts";
import { admin, type TestStage, testStage } from "../../support/stage.ts";

const creatorOf = (nth: number): string => `00000000-0000-4000-8000-${String(nth).padStart(12, "0")}`;
const CREATORS = Array.from({ length: 12 }, (_, nth) => creatorOf(nth));
/** Of which a run works for five: the rest is for its record. */
const SECONDS = 10;
const IN_TIME = 5;

/** Creators who have earned, and whose accounts are not ready: they stay in the list, run after run. */
async function waiting(): Promise<TestStage> {
  const stage = testStage();
  await stage.given("account", anAccount({ id: ADMIN_ID, roles: ["admin"] }));
  for (const [nth, creatorId] of CREATORS.entries()) {
    await stage.given("wallet", aWallet({ userId: creatorId, payable: 10_000 }));
    await stage.given("earning", anEarning({ id: `ern_${String(nth).padStart(26, "0")}`, creatorId }));
  }
  return stage;
}
const ready = (stage: TestStage, creatorId: string) => stage.given("payoutAccount", aPayoutAccount({ creatorId }));

/** The daily job as it is deployed, on a clock that a second passes on for each creator. */
function daily(stage: TestStage) {
  const looked: string[] = [];
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, after: () => () => undefined, random: () => 0 };
  const stored = memory(stage.table);
  const wallets: typeof stored.wallets = (env) => {
    const made = stored.wallets(env);
    const get = (userId: string) => {
      nowMs += 1_000;
      looked.push(userId);
      return made.get(userId);
    };
    return { ...made, get };
  };
  const adapters = { ...stored, wallets, payoutRules: () => ({ minimums: {} }) };
  const { contract, run } = runPayouts;
  const connected = connect(contract, adapters as never, { TABLE_NAME: "t", PAYOUT_MINIMUMS: "{}" });
  const world = { now: () => stage.clock.now, newId: stage.newId };
  const work = (context: RunContext) =>
    run(context.invocation, connected.portsFor(context.invocation), eachOf(contract.job, context));
  const pipeline = jobPipeline(contract, connected, work, world);
  /** Whom a run looked at. */
  return async (): Promise<readonly string[]> => {
    looked.length = 0;
    await withinTime(Infinity, () => pipeline({}, lambdaContext(SECONDS * 1_000) as never), clock).catch(
      () => undefined,
    );
    return [...looked];
  };
}

test("a later run goes on where the one before came to its time's end, and then from the beginning", async () => {
  loggedLines();
  const stage = await waiting();
  const last = CREATORS.at(-1) ?? "";
  await ready(stage, last);
  const run = daily(stage);
  expect(await run()).toEqual(CREATORS.slice(0, IN_TIME));
  expect(await run()).toEqual(CREATORS.slice(IN_TIME, 2 * IN_TIME));
  // To the end, and round.
  expect(await run()).toEqual([...CREATORS.slice(2 * IN_TIME), ...CREATORS.slice(0, 3)]);
  expect(stage.stored("payout")).toMatchObject([{ creatorId: last }]);
  // Who was paid is not looked at again.
  expect(await run()).toEqual(CREATORS.slice(3, 3 + IN_TIME));
});

test("everybody's turn comes within as many runs as the list takes, day after day", async () => {
  loggedLines();
  const stage = await waiting();
  const run = daily(stage);
  for (let round = 0; round < 4; round += 1) {
    const seen = new Set<string>();
    for (let nth = 0; nth < Math.ceil(CREATORS.length / IN_TIME); nth += 1)
      for (const creatorId of await run()) seen.add(creatorId);
    expect([...seen].sort()).toEqual(CREATORS);
  }
});

test("an admin's run begins there too", async () => {
  loggedLines();
  const stage = await waiting();
  await daily(stage)();
  await stage.run(startPayoutRun, { actor: admin() });
  const [event] = stage.stored("outboxEvent").filter(({ type }) => type === "payout.run_due");
  const { creatorIds } = event?.["detail"] as { readonly creatorIds: readonly string[] };
  expect(creatorIds).toEqual([...CREATORS.slice(IN_TIME), ...CREATORS.slice(0, IN_TIME)]);
});

const ended = (outcome: JobRun["outcome"], reached?: string): JobRun => ({
  ...{ id: "run_1", job: "run-payouts", startedAt: "2026-11-25T06:00:00.000Z", outcome, counts: {}, version: 1 },
  ...(reached !== undefined && { reached }),
});
test.each<[string, readonly JobRun[], string | undefined]>([
  ["was the first", [], undefined],
  ["came to its end", [ended("succeeded"), ended("failed", "a")], undefined],
  ["came to its end with failures", [ended("partial"), ended("failed", "a")], undefined],
  ["ran out of time", [ended("failed", "b"), ended("failed", "a")], "b"],
  ["ran out of time at once", [ended("failed"), ended("failed", "a")], "a"],
  ["was skipped, or is this one", [ended("running"), ended("skipped"), ended("failed", "a")], "a"],
])("after a run that %s", (_what, runs, after) => {
  expect(whereToBegin(runs)).toBe(after);
});
