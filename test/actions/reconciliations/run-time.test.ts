/** A run has ten minutes: the latest days are always compared, and what it does not get to is left for the next one. */
import { expect, test } from "@jest/globals";
import { handler as reconcilePayments } from "#lambdas/reconciliations/reconcile-payments";
import { memory } from "#shared/adapters/memory/index";
import { plusDays } from "#shared/domain/kernel/time";
import { toDifference } from "#shared/domain/reconciliations/explain";
import { type Clock, requireTime, withinTime } from "#shared/ports/call-time";
import { connect } from "#shared/runtime/connect";
import { eachOf } from "#shared/runtime/implement-job";
import { jobPipeline } from "#shared/runtime/pipelines";
import { lambdaContext } from "../../support/gateway.ts";
import { aHouseMovement } from "../../support/house-movements.ts";
import { type TestStage, testStage } from "../../support/stage.ts";
import { recordsOn } from "./comparing.ts";

const START = "2026-12-20T03:30:00.000Z";
const RUN_MS = 600_000;
const NOBODY_BOOKED = [8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96];
const dayBack = (days: number) => plusDays(START, -days).slice(0, "YYYY-MM-DD".length);

/** Top-ups that nobody has booked, one in eight days; every day but the latest was compared. */
async function longUnbooked() {
  const stage = testStage(START);
  const topUps = NOBODY_BOOKED.map((back) =>
    aHouseMovement({ id: `txn_${back}`, objectIds: [`tu_${back}`], createdAt: plusDays(START, -back) }),
  );
  for (let back = 4; back <= 99; back += 1) {
    const found = topUps.filter(({ id }) => id === `txn_${back}`);
    const differences = found.map((movement) =>
      toDifference({
        ...{ kind: "unconfirmed", processorMinor: 1, booksMinor: 0 },
        group: { movements: [movement], entries: [] },
      }),
    );
    await stage.given("reconciliation", {
      ...{ date: dayBack(back), status: found.length > 0 ? "differs" : "matched", totals: [], version: 1 },
      ...{ differenceCount: found.length, differences, reconciledAt: plusDays(START, 1 - back) },
    });
  }
  return { stage, topUps };
}

/** A run by the whole pipeline, where each day that is read takes so many seconds; days read side by side take them together. */
function runOn({ stage, topUps }: Awaited<ReturnType<typeof longUnbooked>>, secondsADay: number) {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, after: () => () => undefined, random: () => 0 };
  let reading: Promise<void> | undefined;
  const takes = async (): Promise<void> => {
    requireTime();
    reading ??= new Promise((done) =>
      setImmediate(() => {
        nowMs += secondsADay * 1_000;
        reading = undefined;
        done();
      }),
    );
    await reading;
  };
  const statements = () => ({
    async movements(from: string, to: string) {
      await takes();
      return topUps.filter(({ createdAt }) => createdAt >= from && createdAt < to);
    },
    about: () => Promise.resolve([]),
  });
  const { contract, run } = reconcilePayments;
  const connected = connect(
    contract,
    { ...memory(stage.table), statements },
    {
      ...{ TABLE_NAME: "t", STRIPE_SECRET_ARN: "s", STRIPE_API_BASE: "s" },
    },
  );
  const pipeline = jobPipeline(
    contract,
    connected,
    (context) => run(context.invocation, connected.portsFor(context.invocation), eachOf(contract.job, context)),
    { now: () => stage.clock.now, newId: stage.newId },
  );
  return withinTime(Infinity, () => pipeline({}, lambdaContext(RUN_MS) as never), clock);
}

const latestRun = (stage: TestStage) => stage.stored("jobRun").at(-1);

test.each([
  [25, 4],
  [50, 2],
])("days of %d seconds: the run succeeds, and each day has its turn in the nights after", async (seconds, nights) => {
  const world = await longUnbooked();
  const { stage } = world;
  const seen = new Set<string>();
  for (let night = 0; night < nights; night += 1) {
    stage.clock.now = plusDays(START, night);
    await runOn(world, seconds);
    const { outcome, counts } = latestRun(stage) ?? {};
    const { matched = 0, differs = 0, left = 0, ...others } = counts as Record<string, number>;
    expect([outcome, matched >= 3, differs > 0, left > 0, others]).toEqual(["succeeded", true, true, true, {}]);
    const again = recordsOn(stage)
      .filter(({ reconciledAt, status }) => reconciledAt === stage.clock.now && status === "differs")
      .map(({ date }) => date);
    // None a second time while others have not had their turn.
    const fresh = again.filter((date) => !seen.has(date)).length;
    expect(fresh).toBe(Math.min(again.length, NOBODY_BOOKED.length - seen.size));
    for (const date of again) seen.add(date);
  }
  console.log(`days of ${seconds} s: ${seen.size} of ${NOBODY_BOOKED.length} days looked at again in ${nights} nights`);
  expect(seen.size).toBeGreaterThan(nights);
});

test("days so long that not even the latest can be read: the run fails, and rings", async () => {
  const world = await longUnbooked();
  await expect(runOn(world, 199)).rejects.toThrow();
  expect(latestRun(world.stage)).toMatchObject({ outcome: "failed" });
});
