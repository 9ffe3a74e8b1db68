/**
 * A trail that nobody touched, read and sealed while it grows, as DynamoDB may show it: between any two calls another seal
 * is made, and a query does not see the seal yet whose head is there already, or the head is not seen to have moved. It is always intact, and nothing is sealed twice.
 */
import { expect, test } from "@jest/globals";
import { type MemoryTable, memoryTable } from "#shared/adapters/memory/table";
import { NOTHING_PROVEN, type Proven, provenOn } from "#shared/domain/audit/proof";
import { CHAINS, headOf, MOST_IN_A_SEAL, Seal } from "#shared/domain/audit/seal";
import { breaksOf } from "#shared/domain/audit/verify-seals";
import { plusDays, plusMilliseconds } from "#shared/domain/kernel/time";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { isOf } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedAuditTrail } from "#shared/table/repositories/audit-trail";
import { chainsSince } from "#shared/table/repositories/ledger-seals";
import { storedSeals } from "#shared/table/repositories/seals";
import { auditItem, ofOneChain, writtenOf } from "#test/support/sealing";

const START = "2026-11-25T12:00:00.000Z";
const NOW = plusMilliseconds(START, 5_000);
const LATER = plusDays(START, 1);
/** Rows of one chain, each in a seal of its own, and how many are sealed before the test begins. */
const SEALED = 4;
const rows = ofOneChain(SEALED + 1).map((number) => auditItem(number, START));

const sealed = (table: TableEngine, some: readonly (Item & Key)[], now = NOW) =>
  storedSeals(table).seal(
    some.map((item) => writtenOf(item)),
    now,
  );

const sealsOf = (table: MemoryTable): readonly Seal[] =>
  table.all((item) => isOf(items.seal, item)).map((item) => Seal.parse(item));

async function trail(): Promise<MemoryTable> {
  const table = memoryTable();
  for (const row of rows.slice(0, SEALED)) {
    await table.write({ kind: "put", item: row, when: { absent: true } });
    await sealed(table, [row]);
  }
  return table;
}

/** The table to somebody whose first queries do not see its newest seal, though they see its head. */
function lagging(table: TableEngine, queries: number): TableEngine {
  let left = queries;
  return {
    ...table,
    query: async (query) => {
      const reply = await table.query(query);
      const isBehind = reply.items.some((item) => isOf(items.seal, item) && item["sequence"] === SEALED);
      if (!isBehind || (left -= 1) < 0) return reply;
      return { ...reply, items: reply.items.filter(({ sequence }) => sequence !== SEALED) };
    },
  };
}

/** The table to somebody whose first reads of the head do not see that it has moved to its newest seal, though queries see that one. */
function headBehind(table: MemoryTable, reads: number): TableEngine {
  const before = sealsOf(table).at(-2);
  let left = reads;
  return {
    ...table,
    get: async (key) => {
      const item = await table.get(key);
      const isBehind = item !== undefined && isOf(items.sealHead, item) && (left -= 1) >= 0;
      return isBehind && before ? { ...item, ...headOf(before) } : item;
    },
  };
}

/** The table to somebody before whose call of this number another row is written and sealed. */
function growing(table: TableEngine, at: number): TableEngine & { readonly calls: () => number } {
  let calls = 0;
  const grown =
    <A, R>(act: (argument: A) => Promise<R>) =>
    async (argument: A): Promise<R> => {
      const row = rows[SEALED];
      if ((calls += 1) === at && row) {
        await table.write({ kind: "put", item: row, when: { absent: true } });
        await sealed(table, [row], LATER);
      }
      return act(argument);
    };
  return {
    ...table,
    get: grown(table.get),
    getMany: grown(table.getMany),
    query: grown(table.query),
    calls: () => calls,
  };
}

const proven = (table: TableEngine, most: number, from: Proven = NOTHING_PROVEN) =>
  provenOn((so) => storedAuditTrail(table).after(so, LATER, most), from, LATER, 100);

/** More than one batch makes. */
const NEVER = 100;

test.each([1, 9, 12, NEVER])(
  "what comes again is not sealed again, though its seal is not seen by the next %i queries",
  async (queries) => {
    const table = await trail();
    const engine = lagging(table, queries);
    const [last, next] = rows.slice(SEALED - 1);
    const both = [last, next].flatMap((row) => row ?? []);
    const outcome = await sealed(engine, both);
    expect(outcome.lost).toEqual([]);
    // Until it is seen, they wait; then they are sealed, by whoever they come to.
    if (queries === NEVER) expect(outcome).toMatchObject({ made: [], failures: [{ keys: both.map(({ pk }) => pk) }] });
    expect((await sealed(table, both)).failures).toEqual([]);
    const keys = sealsOf(table).flatMap(({ entries }) => entries.map(({ key }) => key));
    expect(keys).toEqual(rows.slice(0, SEALED + 1).map(({ pk }) => pk));
  },
);

test.each([1, 2, 3, MOST_IN_A_SEAL])(
  "a proof of %i entries of each chain at once calls it intact, whenever another seal is made meanwhile",
  async (ofEach) => {
    for (let [at, isGrown] = [1, true]; isGrown; at += 1) {
      const table = await trail();
      const engine = growing(table, at);
      const outcome = await proven(engine, CHAINS * ofEach);
      const later = await proven(engine, CHAINS * ofEach, outcome.proven);
      isGrown = engine.calls() >= at;
      const { proven: whole } = await proven(table, CHAINS * ofEach, later.proven);
      expect([at, outcome.proven.breaks, later.proven.breaks, whole.breaks]).toEqual([at, [], [], []]);
      expect(whole.heads).toMatchObject([{ sequence: isGrown ? SEALED + 1 : SEALED }]);
    }
  },
);

const behind = { seal: lagging, head: headBehind };

test.each([
  ["seal", 1],
  ["seal", 2],
  ["head", 1],
  ["head", 2],
] as const)("a proof calls it intact, though its last %s is not seen by the next %i who look", async (what, looks) => {
  for (const ofEach of [1, SEALED - 1, SEALED, MOST_IN_A_SEAL]) {
    const outcome = await proven(behind[what](await trail(), looks), CHAINS * ofEach);
    expect([ofEach, outcome.proven.breaks, outcome.left]).toEqual([ofEach, [], 0]);
  }
  // So does who looks at the journals' seals, for the books.
  const chains = await chainsSince(behind[what](await trail(), looks), []);
  expect(breaksOf([], chains, NOW).filter(({ key }) => key === undefined)).toEqual([]);
});
