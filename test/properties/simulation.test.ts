/** The simulator's share of CI: `npm run test:storm` does more of each. */
import { expect, test } from "@jest/globals";
import { chanceOf } from "../simulation/chance.ts";
import { afterDeathsAt, everyPoint, severalOf } from "../simulation/crashes.ts";
import { simulate } from "../simulation/index.ts";
import { scriptOf, shrunk } from "../simulation/shrink.ts";
import { transferStorm } from "../simulation/transfers.ts";
import { webhookStorm } from "../simulation/webhooks.ts";

const FIRST = Number(process.env["SEED"] ?? 20_261_125);
const HISTORIES = Number(process.env["SEEDS"] ?? 2);
const POINTS = 8;
/** Besides, of what is told of each of the networks. */
const POINTS_AT_NETWORKS = 5;
const KILLS = 4;
const TRANSFERS = 300;
const NOTICES = 120;

test("whatever people do, and whatever fails: in the end everything is right", async () => {
  const total: Record<string, number> = {};
  for (let seed = FIRST; seed < FIRST + HISTORIES; seed += 1) {
    const outcome = await simulate({ seed });
    for (const [name, count] of Object.entries(outcome.counts)) total[name] = (total[name] ?? 0) + count;
    if (outcome.findings.length > 0) throw new Error(scriptOf(await shrunk({ seed }, outcome, 25)));
  }
  console.log(`seeds ${FIRST} to ${FIRST + HISTORIES - 1}: ${JSON.stringify(total)}`);
  // The histories reached what they are meant to try.
  for (const what of ["conflicts", "crashes", "lost", "throttled", "answers 201", "answers 409", "events", "jobs"])
    expect([what, (total[what] ?? 0) > 0]).toEqual([what, true]);
  expect(total["commits"]).toBeGreaterThan(400 * HISTORIES);
}, 180_000);

test("a seed is one history, to the last fault and cent", async () => {
  // Seed 1 meets a busy table before anybody has come.
  const plan = { seed: 1, steps: 60 };
  const [one, other] = [await simulate(plan), await simulate(plan)];
  expect(other).toEqual(one);
}, 60_000);

test("whoever dies at whichever call, nothing is lost, doubled or left undone", async () => {
  const points = await everyPoint();
  const chance = chanceOf(FIRST, "points");
  const atNetworks = points.filter(({ story }) => story.name.startsWith("an account at"));
  const some = [
    ...Array.from({ length: POINTS }, () => chance.oneOf(points)),
    ...Array.from({ length: POINTS_AT_NETWORKS }, () => chance.oneOf(atNetworks)),
  ].filter((point) => point !== undefined);
  const findings: string[] = [];
  for (const point of some) findings.push(...(await afterDeathsAt([point])));
  for (let seed = FIRST; seed < FIRST + KILLS; seed += 1)
    findings.push(...(await afterDeathsAt(severalOf(points, seed))));
  console.log(
    `seed ${FIRST}: ${some.length} of ${points.length} points (${atNetworks.length} at networks), and ${KILLS} times several at once`,
  );
  expect(findings).toEqual([]);
}, 180_000);

test.each([1, 2, 3, 4, 5])(
  "seed %i: every transfer is there once or not at all, as it was told, and no cent is lost",
  async (seed) => {
    const { findings, done, tally } = await transferStorm(seed, TRANSFERS);
    expect(findings).toEqual([]);
    expect(done).toBeGreaterThan(TRANSFERS / 2);
    // The storm was one: it lost replies, refused for lack of capacity, and set them against each other.
    expect(Math.min(tally["lost"] ?? 0, tally["throttled"] ?? 0, tally["conflicts"] ?? 0)).toBeGreaterThan(0);
  },
);

test("a storm of notices credits each payment once, and refuses what is forged", async () => {
  const { findings, ...told } = await webhookStorm(FIRST, NOTICES);
  console.log(`seed ${FIRST}: ${JSON.stringify(told)}`);
  expect(findings).toEqual([]);
  expect(told.notices).toBeGreaterThan(NOTICES / 2);
}, 60_000);
