/** One world: the whole system in one process, under one seed and a clock of its own, with the people in it. */
import { AsyncLocalStorage } from "node:async_hooks";
import { contendedTable } from "#shared/adapters/memory/contended-table";
import { memory } from "#shared/adapters/memory/index";
import { type Clock, withinTime } from "#shared/ports/call-time";
import type { Item, TableEngine } from "#shared/table/engine";
import { kindOf, type StoredKind } from "#shared/table/items/index";
import { grantedTable } from "../support/granted-table.ts";
import { simulatedClock } from "../support/simulated-clock.ts";
import { TRANSACTION_MS } from "../support/simulated-table.ts";
import type { Area } from "./area.ts";
import { chanceOf } from "./chance.ts";
import type { Answer, Person } from "./client.ts";
import { busTo, workQueue, type WorkQueue } from "./deliveries.ts";
import { type Faults, faultsOf, shares } from "./faults.ts";
import { callingPort, chanceWithin, type Death, newIdAt } from "./invocations.ts";
import { everyLambda, type Lambda, lambdasIn, provideEnvironment } from "./lambdas.ts";
import type { Running } from "./running.ts";
import { type Pace, runSchedules } from "./schedules.ts";
import { tableStream } from "./streams.ts";

/** Everything begins here, at noon of a Wednesday. */
export const BEGAN_AT = Date.parse("2026-11-25T12:00:00.000Z");

export interface WorldProps {
  readonly seed: number;
  readonly areas: readonly Area[];
  /** What does not go wrong: kinds of faults, or single ones. */
  readonly without?: ReadonlySet<string>;
  /** How much oftener than usual things go wrong; 0 for never. */
  readonly faults?: number;
  /** Kills one invocation, or more, at given calls. */
  readonly deaths?: ReadonlyMap<string, Death>;
  /** A defect that is planted: another table than there is. */
  readonly bug?: (table: TableEngine) => TableEngine;
  readonly pace?: Pace;
}

export interface World {
  readonly running: Running;
  readonly faults: Faults;
  readonly people: Person[];
  readonly clock: Clock;
  /** What stands outside, by noun, as it is: for people who have their hands on it, and for invariants. */
  readonly outside: Record<string, unknown>;
  readonly counts: Record<string, number>;
  readonly tally: Readonly<Record<string, number>>;
  /** What is wrong. */
  readonly findings: string[];
  /** Calls of each invocation, by its name. */
  readonly called: ReadonlyMap<string, readonly string[]>;
  find(what: string): void;
  /** Somebody was told this under a key: nobody may ever be told anything else under it. */
  told(key: string, answer: Answer): void;
  /** Somebody will come back to this when there is peace. */
  leave(wish: () => Promise<unknown>): void;
  finishWishes(): Promise<void>;
  queue(name: string): WorkQueue;
  /** Stored things of a kind. */
  items(kind: StoredKind): readonly Item[];
  /** Puts something into the table that no action of ours puts there. */
  put(item: object): Promise<void>;
  /** Waits until so much time has passed since the world began. */
  until(ms: number): Promise<void>;
  /** Messages, records and notices that are under way. */
  left(): number;
  redrive(): void;
  end(): void;
}

/** Callbacks of the clock belong to nobody: without it, one's time limit would be another's. */
const root = AsyncLocalStorage.snapshot();
/** An invocation dies at one of its first calls; few have more. */
const CALLS = 14;
/** How often people come back to what was never answered. */
const ROUNDS = 3;

export async function worldOf(props: WorldProps): Promise<World> {
  const { seed, areas, without = new Set<string>(), faults: often = 1, deaths = new Map<string, Death>() } = props;
  provideEnvironment();
  const timer = simulatedClock(seed);
  const clock: Clock = { ...timer, random: () => chanceWithin(timer.random) };
  const faults = faultsOf(seed, without, often);
  const counts: Record<string, number> = {};
  const findings: string[] = [];
  const wishes: (() => Promise<unknown>)[] = [];
  const answers = new Map<string, string>();
  const called = new Map<string, readonly string[]>();
  const queues = new Map<string, WorkQueue>();
  const outside: Record<string, unknown> = {};
  let hasEnded = false;
  /** What is stored, as it was looked at last; invariants look often, and nothing changes meanwhile. */
  let seen: Partial<Record<StoredKind, readonly Item[]>> | undefined;
  const told: { stream?: ReturnType<typeof tableStream> } = {};

  const share = (kind: "tableLost" | "tableThrottled"): number =>
    faults.ended() || without.has(kind) ? 0 : shares[kind] * often;
  const table = contendedTable({
    clock,
    transactionMs: TRANSACTION_MS,
    faults: {
      get lost() {
        return share("tableLost");
      },
      get throttled() {
        return share("tableThrottled");
      },
    },
    onWrite(was, is) {
      seen = undefined;
      root(() => told.stream?.onWrite(was, is));
    },
  });
  const engine = props.bug?.(table) ?? table;
  const nowMs = (): number => clock.nowMs();
  const now = (): string => new Date(BEGAN_AT + nowMs()).toISOString();
  const lambdas = await everyLambda();
  const stored = (touched: Parameters<typeof grantedTable>[1]) =>
    memory(callingPort("table", grantedTable(engine, touched)));
  const deathOf = (name: string): Death | undefined => {
    if (deaths.has(name)) return deaths.get(name);
    if (!faults.strikes("crash", name)) return undefined;
    const chance = chanceOf(seed, "death", name);
    return { call: 1 + chance.below(CALLS), when: chance.happens(0.5) ? "before" : "after" };
  };
  const ports: Record<string, unknown> = {};
  const invoking = await lambdasIn({
    seed,
    clock,
    world: { now, newId: (kind) => newIdAt(kind, BEGAN_AT + nowMs()) },
    stored,
    outside: ports,
    deathOf,
  });

  const running: Running = {
    seed,
    faults,
    lambdas,
    nowMs,
    now,
    later: (ms, act) => void clock.after(ms, () => hasEnded || root(act)),
    takes: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
    async invoke<R>(lambda: Lambda, event: unknown, name: string) {
      running.count("invocations");
      const ended = await root(() =>
        invoking.invoke<R>(lambda, event, name).then(
          (one) => one,
          () => ({ died: false, failed: true, called: [] }) as const,
        ),
      );
      called.set(name, ended.called);
      if (ended.died) running.count("crashes");
      return ended;
    },
    count: (what, by = 1) => void (counts[what] = (counts[what] ?? 0) + by),
  };
  const queueFor = (name: string, consumer: Lambda): WorkQueue => {
    const known = queues.get(name) ?? workQueue(running, consumer);
    queues.set(name, known);
    return known;
  };
  const world: World = {
    running,
    faults,
    people: [],
    clock,
    outside,
    counts,
    tally: table.tally,
    findings,
    called,
    find: (what) => void (findings.length < 20 && findings.push(what)),
    told(key, { status, text }) {
      if (status >= 300) return;
      const before = answers.get(key);
      answers.set(key, text);
      if (before !== undefined && before !== text) world.find(`under ${key} two answers: ${before} and ${text}`);
    },
    leave: (wish) => void wishes.push(wish),
    async finishWishes() {
      for (let round = 1; wishes.length > 0 && round <= ROUNDS; round += 1)
        await Promise.all(wishes.splice(0).map((wish) => wish()));
      if (wishes.length > 0) world.find(`somebody is never answered: ${wishes.length} wishes are open`);
    },
    queue(name) {
      const consumer = lambdas.find(({ contract }) => contract.trigger === "onQueue" && contract.queue === name);
      if (consumer === undefined) throw new Error(`there is no queue ${name}`);
      return queueFor(name, consumer);
    },
    items(kind) {
      seen ??= Object.groupBy(table.all(), ({ pk }) => kindOf({ pk: String(pk) }));
      return seen[kind] ?? [];
    },
    // Tried again by the world's clock when the table is busy: by another, no seed would be itself twice.
    put: (item) =>
      withinTime(Infinity, () => table.write({ kind: "put", item: item as never, when: { any: true } }), clock),
    until: (ms) => running.takes(ms - nowMs()),
    left: () =>
      [...queues.values()].reduce(
        (sum, queue) => sum + queue.left() + queue.deadLetters.length,
        told.stream?.left() ?? 0,
      ) + areas.reduce((sum, area) => sum + (area.left?.(world) ?? 0), 0),
    redrive: () => [...queues.values()].forEach((queue) => queue.redrive()),
    end: () => void (hasEnded = true),
  };
  const bus = busTo(running, (consumer) => queueFor(consumer.name, consumer));
  Object.assign(ports, { eventBus: callingPort("eventBus", bus) });
  for (const area of areas) {
    Object.assign(ports, area.inside, area.handsOut?.(world));
    const own = area.outside?.(world) ?? {};
    for (const [noun, port] of Object.entries(own)) ports[noun] = callingPort(noun, port as object);
  }
  invoking.requireStandIns();
  told.stream = tableStream(running);
  if (props.pace) runSchedules(running, BEGAN_AT, props.pace);
  return world;
}
