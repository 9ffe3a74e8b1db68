/**
 * Campaign work against a model that fits into one's head: arbitrary histories of a brand, an admin and two creators over two
 * campaigns, with the clock and the jobs late and early, with bans and their ends. Every command is done or refused as the
 * model says, and every status, date and figure is then what it says. Together they take every arrow of the lifecycle tables.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { lifecycles } from "#shared/domain/lifecycles";
import { expectWholeBooks } from "../actions/settlements/settling.ts";
import { asked, brokenInvariants, drafted, paidIn, peopled } from "../support/launched.ts";
import { peoplesCommands } from "./work-commands.ts";
import { anyDraw, counts, type Real, step } from "./work-history.ts";
import { arrows, type Model, plus, PRICE, type Project, UNITS } from "./work-model.ts";
import { silence, timesCommands } from "./work-time.ts";

const PAID_IN = 60_000;
/** The first pays for one creator and no more; the second begins later, and pays for both. */
const plans = [
  { startsInDays: 0, endsInDays: 120, budget: UNITS * PRICE },
  { startsInDays: 3, endsInDays: 60, budget: 2 * UNITS * PRICE + 500 },
];

async function begun(): Promise<{ readonly model: Model; readonly real: Real }> {
  const stage = await peopled();
  const { now } = stage.clock;
  const projects: Project[] = [];
  for (const { startsInDays, endsInDays, budget } of plans) {
    const timeline = { start: plus(now, startsInDays), end: plus(now, endsInDays) };
    const review = { reviewCalendar: "continuous", reviewWindowHours: 72, resubmissionDays: 3, maxRounds: 2 };
    const { id } = await drafted(stage, { timeline, ...review, budget: { amount: budget, currency: "USD" } });
    const { id: deliverableId } = await asked(stage, id, {
      quantity: UNITS,
      compensation: { amount: PRICE, currency: "USD" },
    });
    projects.push({
      ...{
        id,
        deliverableId,
        budget,
        ...timeline,
        status: "draft",
        pausedForBan: false,
        isNews: false,
        unassigned: 0,
        spent: 0,
      },
      ...{ invitations: new Map(), parts: new Map() },
    });
  }
  await paidIn(stage, PAID_IN);
  const nobody = { pending: new Map(), banned: new Set<string>(), rounds: [], quarrels: [], reminded: [] };
  return { model: { now, spendable: PAID_IN, projects, ...nobody }, real: { stage, told: 0 } };
}

/** Every arrow of the tables that campaign work moves along. */
const expected = (["campaign", "invitation", "submission", "dispute"] as const).flatMap((name) =>
  Object.entries<{ readonly from: readonly string[]; readonly to: string }>(lifecycles[name]).flatMap(
    ([step, { from, to }]) => from.map((one) => `${name}.${step} ${one} > ${to}`),
  ),
);

test("whatever people, jobs and bans do in whatever order, work and money are where the model says", async () => {
  const seed = Number(process.env["SEED"] ?? 20_261_127);
  const runs = Number(process.env["RUNS"] ?? 40);
  const started = performance.now();
  let reminders = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyDraw, { minLength: 1, maxLength: 120, size: "max" }), async (history) => {
      const { model, real } = await begun();
      const story: string[] = [];
      try {
        for (const drawn of history)
          story.push(await step(drawn.isTime ? timesCommands : peoplesCommands, drawn, model, real));
        await silence(model, real);
      } catch (cause) {
        throw new Error(`after ${story.join("\n")}`, { cause });
      }
      // Whatever is left to itself is settled: everything has been earned, or has gone home.
      expect(model.spendable + [...model.pending.values()].reduce((sum, one) => sum + one, 0)).toBe(PAID_IN);
      expect(await brokenInvariants(real.stage)).toEqual([]);
      expectWholeBooks(real.stage);
      const told = real.stage.stored("outboxEvent").filter(({ type }) => type === "submission.review_due");
      const percents = told.map(({ detail }) => detail as { submissionId: string; percent: number });
      expect(percents.map((one) => `${one.submissionId} ${one.percent}`).sort()).toEqual(model.reminded.toSorted());
      reminders += told.length;
    }),
    { numRuns: runs, seed, endOnFailure: true },
  );
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const shown = [arrows, counts.refused].map((of) => JSON.stringify(Object.fromEntries([...of].sort())));
  console.log(`seed ${seed}: ${runs} histories, ${counts.commands} commands, ${reminders} reminders; ${seconds} s`);
  console.log(`arrows: ${shown[0]}; refused: ${shown[1]}`);
  expect([...arrows.keys()].sort()).toEqual(expected.toSorted());
  expect(reminders).toBeGreaterThan(0);
}, 3_600_000);
