import { contendedTable, type ContendedTable, type Surroundings } from "#shared/adapters/memory/contended-table";
import { withinTime } from "#shared/ports/call-time";
import type { TableEngine } from "#shared/table/engine";
import { type SimulatedClock, simulatedClock } from "./simulated-clock.ts";

export const TRANSACTION_MS = 15;
/** As much as an action has: ten seconds, but for the last two. */
const CALL_MS = 8_000;

export interface Simulated {
  readonly clock: SimulatedClock;
  readonly table: ContendedTable;
}

/** A table where people meet, on a clock of its own. */
export function simulated(seed = 1, surroundings: Partial<Surroundings> = {}): Simulated {
  const clock = simulatedClock(seed);
  return { clock, table: contendedTable({ clock, transactionMs: TRANSACTION_MS, ...surroundings }) };
}

/** One call, with as much time as Lambda gives it. */
export const calling = <R>({ clock }: Simulated, act: () => Promise<R>, ms = CALL_MS): Promise<R> =>
  withinTime(ms, act, clock);

/** The table, each of whose calls is a call of its own. */
export function callByCall(world: Simulated): TableEngine {
  const { table } = world;
  return {
    get: (key) => calling(world, () => table.get(key)),
    getMany: (keys) => calling(world, () => table.getMany(keys)),
    query: (query) => calling(world, () => table.query(query)),
    transact: (operations) => calling(world, () => table.transact(operations)),
    write: (operation) => calling(world, () => table.write(operation)),
  };
}
