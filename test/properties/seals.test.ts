/**
 * Entries on their way through the table's stream, as it may happen: batches that come again, in another order, in other
 * portions, to several consumers at once, whose clocks differ and who crash before or after a write. In the end every
 * entry is sealed exactly once, and the chains hold together.
 */
import { afterAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type MemoryTable, memoryTable } from "#shared/adapters/memory/table";
import { verifySeals } from "#shared/domain/audit/verify-seals";
import { plusDays, plusMilliseconds } from "#shared/domain/kernel/time";
import type { TableEngine } from "#shared/table/engine";
import { storedSeals } from "#shared/table/repositories/seals";
import { auditItem, journalItem, sealedState, writtenOf } from "#test/support/sealing";

const seed = Date.now() % 2 ** 31;
fc.configureGlobal({ seed });
const counted = { seed, runs: 0, batches: 0, crashes: 0, contended: 0, seals: 0, entries: 0 };
afterAll(() => void process.stdout.write(`sealing properties: ${JSON.stringify(counted)}\n`));

const START = "2026-11-25T12:00:00.000Z";
const MINUTE_MS = 60_000;

type Fault = "none" | "lost" | "reply lost";
/** An engine on which calls of all consumers come in any order, and writes fail or die after they were applied. */
function shaky(table: TableEngine, schedule: fc.Scheduler, faults: readonly Fault[]): TableEngine {
  let writes = 0;
  const crash = () => {
    counted.crashes += 1;
    throw new Error("crashed");
  };
  const later = <A, R>(act: (argument: A) => Promise<R>) => schedule.scheduleFunction(act);
  return {
    ...table,
    get: later(table.get),
    query: later(table.query),
    transact: later(async (operations: Parameters<TableEngine["transact"]>[0]) => {
      const fault = faults[(writes += 1) % Math.max(1, faults.length)] ?? "none";
      if (fault === "lost") crash();
      await table.transact(operations).catch((error: unknown) => {
        counted.contended += 1;
        throw error;
      });
      if (fault === "reply lost") crash();
    }),
  };
}

interface Given {
  readonly journal: boolean;
  readonly afterMs: number;
}
const entry: fc.Arbitrary<Given> = fc.record({ journal: fc.boolean(), afterMs: fc.nat(30 * MINUTE_MS) });
const batch = fc.record({
  consumer: fc.nat(2),
  entries: fc.array(fc.nat(199), { minLength: 1, maxLength: 20 }),
  lateByMs: fc.oneof(fc.nat(1000), fc.nat(3 * 60 * MINUTE_MS)),
  clockOffByMs: fc.integer({ min: -MINUTE_MS / 2, max: MINUTE_MS / 2 }),
});
const faults = fc.array(fc.constantFrom<Fault>("none", "none", "lost", "reply lost"), { maxLength: 8 });

async function everythingWritten(table: MemoryTable, given: readonly Given[]) {
  const items = given.map(({ journal, afterMs }, number) =>
    (journal ? journalItem : auditItem)(number + 1, plusMilliseconds(START, afterMs)),
  );
  for (const item of items) await table.write({ kind: "put", item, when: { absent: true } });
  return items.map((item) => writtenOf(item));
}

test("however entries come, each is sealed exactly once, and the chains hold", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { minLength: 1, maxLength: 40 }),
      fc.array(batch, { minLength: 1, maxLength: 12 }),
      faults,
      fc.scheduler(),
      async (given, batches, plan, schedule) => {
        const table = memoryTable();
        const written = await everythingWritten(table, given);
        const engine = shaky(table, schedule, plan);
        // Consumers live longer than their batches, and remember what they have read.
        const consumers = Array.from({ length: 3 }, () => storedSeals(engine));
        const deliveries = batches.map(({ consumer, entries, lateByMs, clockOffByMs }) => {
          const portion = entries.flatMap((at) => written[at % written.length] ?? []);
          const newest = portion.map(({ writtenAt }) => writtenAt).reduce((a, b) => (a > b ? a : b));
          const now = plusMilliseconds(newest, lateByMs + clockOffByMs);
          return (consumers[consumer] ?? storedSeals(engine)).seal(portion, now);
        });
        await schedule.waitFor(Promise.all(deliveries));
        const last = await storedSeals(table).seal([...written, ...written].reverse(), plusDays(START, 0.5));
        expect(last.failures).toEqual([]);

        const { entries, chains } = sealedState(table.all());
        counted.runs += 1;
        counted.batches += batches.length;
        counted.seals += chains.reduce((sum, { seals }) => sum + seals.length, 0);
        counted.entries += entries.length;
        expect(verifySeals(entries, chains, plusDays(START, 2))).toMatchObject({ intact: true, entries: given.length });
      },
    ),
    { numRuns: 150 },
  );
});
