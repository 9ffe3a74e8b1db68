/** One history: people at work for two days, then nobody, while the clock runs on; and what is wrong in the end. */
import type { Role } from "#shared/domain/kernel/actor";
import type { TableEngine } from "#shared/table/engine";
import type { Area, Move } from "./area.ts";
import { chanceOf } from "./chance.ts";
import { clientOf, type Person } from "./client.ts";
import { everyArea } from "./index.ts";
import { joined, openPool } from "./people.ts";
import { type World, worldOf } from "./world.ts";

const HOUR_MS = 3_600_000;

export interface Plan {
  readonly seed: number;
  readonly steps?: number;
  /** Only these of the steps. */
  readonly keep?: ReadonlySet<number>;
  /** What does not go wrong: kinds of faults, or single ones. */
  readonly without?: ReadonlySet<string>;
  /** A defect that is planted. */
  readonly bug?: (table: TableEngine) => TableEngine;
  /** Told of the world once it is there. */
  readonly onBegin?: (world: World) => void;
}

export interface Outcome {
  readonly seed: number;
  readonly findings: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  /** What people did, in order, and the faults that happened. */
  readonly script: readonly string[];
  readonly steps: readonly number[];
  readonly struck: readonly string[];
}

/** Two brands, three creators, an admin. */
const crowd: readonly (readonly [Role, number])[] = [
  ["brand", 1],
  ["brand", 2],
  ["creator", 1],
  ["creator", 2],
  ["creator", 3],
  ["admin", 1],
];
/** Nothing happens that brands do not begin. */
const busyness: Readonly<Record<Role, number>> = { brand: 3, creator: 4, admin: 2 };

export async function peopled(world: World): Promise<void> {
  await openPool(world);
  for (const [role, number] of crowd) await joined(world, role, number);
}

export const STEPS = 100;
const BUSY_HOURS = 36;
/** After people have gone: campaigns end, jobs have their turns, and notices that were lost have come. */
const QUIET_HOURS = 7 * 24;
const MORE_DAYS = 10;
/** Some worlds are left to themselves until the last date has passed: a dispute's thirty days, an appeal's, a payout's. */
const LONG = 0.1;
const LONG_HOURS = 75 * 24;

export async function simulate(plan: Plan): Promise<Outcome> {
  const { seed, steps = STEPS, keep, without, bug } = plan;
  const areas = await everyArea();
  const pace = { leastMs: HOUR_MS };
  const world = await worldOf({ seed, areas, pace, ...(without && { without }), ...(bug && { bug }) });
  plan.onBegin?.(world);
  await peopled(world);

  const moves = areas.flatMap((area) => area.moves ?? []);
  const script: string[] = [];
  const taken: number[] = [];
  const busy = Array.from({ length: steps }, (_, at) => at).filter((at) => keep?.has(at) ?? true);
  const atWork = busy.map(async (step) => {
    const chance = chanceOf(seed, "step", step);
    await world.until(momentOf(seed, step, steps));
    const person = chance.weighed(world.people.map((one) => ({ one, weight: busyness[one.role] })))?.one;
    if (person === undefined) return;
    const before = world.running.now();
    const move = await takenBy(world, person, moves, step);
    if (move === undefined) return;
    taken.push(step);
    script.push(`${before} step ${step}: ${person.name}: ${move.name}`);
  });
  await Promise.all(atWork);
  pace.leastMs = 12 * HOUR_MS;
  const hours = await dusk(world, areas);
  await quiet(world, hours);
  await judge(world, areas);
  const { struck } = world.faults;
  const counts = {
    ...world.counts,
    ...world.tally,
    steps: taken.length,
    faults: struck.length,
    hours: BUSY_HOURS + hours,
  };
  return {
    seed,
    findings: [...world.findings],
    counts,
    script: script.sort(),
    steps: taken.sort((a, b) => a - b),
    struck,
  };
}

/** Looks whether everything is as it must be, and ends the world. */
export async function judge(world: World, areas: readonly Area[]): Promise<void> {
  for (const { says, broken } of areas.flatMap((area) => area.invariants ?? []))
    for (const one of await broken(world)) world.find(`${says}: ${one}`);
  world.end();
}

/** Whether somebody decides what is left to be decided, or the clock does, weeks later. @returns hours of quiet */
async function dusk(world: World, areas: readonly Area[]): Promise<number> {
  const chance = chanceOf(world.running.seed, "evening");
  if (chance.happens(LONG)) return LONG_HOURS;
  world.faults.end();
  // Also what somebody wished in vain is there by then: what is disputed later waits for its thirty days.
  await world.finishWishes();
  for (const { evening } of areas) await evening?.(world, chance);
  return QUIET_HOURS;
}

/** Most of them in bursts: people meet. */
function momentOf(seed: number, step: number, steps: number): number {
  const burst = Math.floor(step / 4);
  const begins = chanceOf(seed, "burst", burst).between(0.2, 0.8) + burst;
  const share = begins / Math.ceil(steps / 4);
  const chance = chanceOf(seed, "moment", step);
  return share * BUSY_HOURS * HOUR_MS + 60_000 + chance.between(0, chance.happens(0.6) ? 300 : 90_000);
}

const ATTEMPTS = 5;

/** What the person finds to do. */
async function takenBy(world: World, person: Person, moves: readonly Move[], step: number): Promise<Move | undefined> {
  const own = moves.filter(({ role }) => role === person.role);
  const chance = chanceOf(world.running.seed, "move", step);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const move = chance.weighed(own);
    const me = clientOf(world, person, `step ${step}/${attempt}`);
    if (move && (await move.act(me, chanceOf(world.running.seed, "act", step, attempt), world))) return move;
  }
  return undefined;
}

/** Nothing goes wrong any more, everybody gets their answers, and the clock runs on. */
export async function quiet(world: World, hours: number): Promise<void> {
  world.faults.end();
  await world.finishWishes();
  await world.until(world.running.nowMs() + (hours / 2) * HOUR_MS);
  world.redrive();
  await world.until(world.running.nowMs() + (hours / 2) * HOUR_MS);
  // A bank still has what was paid out yesterday.
  for (let days = 1; world.left() > 0 && days <= MORE_DAYS; days += 1)
    await world.until(world.running.nowMs() + 24 * HOUR_MS);
}
