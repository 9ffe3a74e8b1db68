/** The simulator can fail: each of these defects is found within a few seeds, and a history that finds one is made short. */
import { expect, test } from "@jest/globals";
import { planted } from "../simulation/bugs.ts";
import { simulate } from "../simulation/index.ts";
import { scriptOf, shrunk } from "../simulation/shrink.ts";

/** Within so many seeds. */
const SEEDS = 4;
/** Steps of a history: a defect of the table's shows early. */
const STEPS = 40;

test.each(planted)(
  "found: $name",
  async ({ bug, finds, from = 1 }) => {
    const found: string[] = [];
    for (let seed = from; seed < from + SEEDS && found.length === 0; seed += 1) {
      const { findings } = await simulate({ seed, bug, steps: STEPS });
      found.push(...findings.filter((finding) => finds.test(finding)));
    }
    expect(found[0]).toEqual(expect.any(String));
  },
  120_000,
);

test("a history that fails is made short: a step or two, hardly a fault, and the command that shows it again", async () => {
  const [lost] = planted;
  const planOf = (seed: number) => ({ seed, steps: STEPS, ...(lost && { bug: lost.bug }) });
  let plan = planOf(1);
  let outcome = await simulate(plan);
  for (let seed = 2; seed <= SEEDS && outcome.findings.length === 0; seed += 1) {
    plan = planOf(seed);
    outcome = await simulate(plan);
  }
  const short = await shrunk(plan, outcome, 6);
  expect(short.outcome.findings.length).toBeGreaterThan(0);
  expect(short.outcome.steps.length).toBeLessThan(outcome.steps.length / 2);
  expect(short.outcome.struck.length).toBeLessThan(outcome.struck.length / 2);
  expect(scriptOf(short)).toContain(`again: npm run test:storm -- --seed ${plan.seed} --keep `);
  expect(scriptOf(short)).toMatch(/--keep [\d,]* --without "/);
}, 120_000);
