/** Days of the books against the processor's own, and the daily audit and close: nothing is left unexplained. */
import { plusDays } from "#shared/domain/kernel/time";
import { memoryStatements } from "#shared/adapters/memory/statements";
import { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import type { Area, Invariant, Move } from "../area.ts";
import { unreliable } from "../outside.ts";
import { processorIn } from "../processor.ts";
import { BEGAN_AT, type World } from "../world.ts";
import { mismatched } from "./deposits.ts";

const looking: Move = {
  name: "look at a day's reconciliation",
  role: "admin",
  weight: 1,
  async act(me, chance, world) {
    const date = plusDays(world.running.now(), -1 - chance.below(2)).slice(0, "YYYY-MM-DD".length);
    await me.get("getReconciliation", { path: { date } });
    return true;
  },
};

const dayBefore = (world: World, days: number): string =>
  plusDays(world.running.now(), -days).slice(0, "YYYY-MM-DD".length);

const invariants: readonly Invariant[] = [
  {
    says: "a day of the books is not the processor's",
    broken(world) {
      // What was noted when it came in is known, and stays with a person.
      const noted = mismatched(world);
      return world.items("reconciliation").flatMap((item) => {
        const { date, differences } = Reconciliation.parse(item);
        const unexplained = differences.filter(
          ({ kind, processorIds }) => !(kind === "not_booked" && processorIds.some((id) => noted.has(id))),
        );
        return unexplained.map((one) => `${date}: ${JSON.stringify({ ...one, reason: "", action: "" })}`);
      });
    },
  },
  {
    says: "yesterday is not closed, or not reconciled",
    broken(world) {
      // A job that did not run at all has run the day after.
      const day = dayBefore(world, 2);
      if (day < new Date(BEGAN_AT).toISOString().slice(0, day.length)) return [];
      const closed = world.items("ledgerClose").some((one) => one["day"] === day);
      const reconciled = world.items("reconciliation").some(({ date }) => date === day);
      return [...(closed ? [] : [`${day} is not closed`]), ...(reconciled ? [] : [`${day} is not reconciled`])];
    },
  },
];

export const area: Area = {
  moves: [looking],
  outside: (world) => ({
    processorFeeRules: { bounds: {} },
    statements: unreliable(world.running, "statements", memoryStatements(processorIn(world).movements), {
      isRepeatable: true,
    }),
  }),
  invariants,
};
