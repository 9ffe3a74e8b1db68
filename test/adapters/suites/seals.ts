import { beforeEach, describe, expect, test } from "@jest/globals";
import { chainOf, CHAINS, MOST_IN_A_SEAL, Seal, SealHead } from "#shared/domain/audit/seal";
import { verifySeals } from "#shared/domain/audit/verify-seals";
import { plusDays, plusHours } from "#shared/domain/kernel/time";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSeals } from "#shared/table/repositories/seals";
import { auditItem, journalItem, ofOneChain, sealedState, writtenOf } from "../../support/sealing.ts";

const START = "2026-11-25T12:00:00.000Z";
const NOW = "2026-11-25T12:00:05.000Z";

/** What `seal` promises, on every engine. `make` gives a table without any seals. */
export function sealsSuite(name: string, make: () => Promise<TableEngine>): void {
  describe(`sealing entries on ${name}`, () => {
    let table: TableEngine;
    let entries: (Item & Key)[];

    beforeEach(async () => {
      table = await make();
      entries = [];
    });

    async function written(some: readonly (Item & Key)[]) {
      for (const item of some) await table.write({ kind: "put", item, when: { absent: true } });
      entries.push(...some);
      return some.map((item) => writtenOf(item));
    }
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => (at % 2 === 0 ? auditItem : journalItem)(from + at, START));
    const seal = (those: Awaited<ReturnType<typeof written>>, now = NOW) => storedSeals(table).seal(those, now);

    async function chains() {
      const all: Item[] = [];
      for (let chain = 0; chain < CHAINS; chain += 1) {
        const head = await table.get(itemKey(items.sealHead, { chain }));
        const seals = await table.query({ ...listing(items.seal, { chain }), limit: 1000 });
        all.push(...(head ? [head] : []), ...seals.items);
      }
      return all;
    }
    const verdict = async (now = plusDays(START, 1)) => {
      const stored = await table.getMany(entries.map(({ pk, sk }) => ({ pk, sk })));
      const state = sealedState([...stored, ...(await chains())]);
      return verifySeals(state.entries, state.chains, now);
    };
    const sealsOf = async () => sealedState(await chains()).chains.flatMap(({ seals }) => seals);

    test("seals each entry of a batch, at most one seal a chain", async () => {
      const { made, failures } = await seal(await written(some(1, 20)));
      expect(failures).toEqual([]);
      expect(made).toHaveLength(CHAINS);
      expect(await verdict()).toMatchObject({ intact: true, entries: 20, heads: { length: CHAINS } });
      expect((await sealsOf()).map(({ sealedAt }) => sealedAt)).toEqual(Array.from({ length: CHAINS }, () => NOW));
    });

    test("seals nothing twice: not in one batch, not in the next, not by another, not hours later", async () => {
      const first = await written(some(1, 8));
      const second = await written(some(11, 8));
      await seal([...first, ...first]);
      await seal([...second, ...first]);
      const count = (await sealsOf()).length;
      const nothing = { made: [], lost: [], failures: [] };
      expect(await seal([...second, ...first].reverse(), plusHours(NOW, 20))).toEqual(nothing);
      expect(await seal([])).toEqual(nothing);
      expect(await sealsOf()).toHaveLength(count);
      expect(await verdict()).toMatchObject({ intact: true, entries: 16 });
    });

    test("seals each once when several seal the same at once, and different ones in one chain", async () => {
      const those = await written(some(1, 30));
      const portions = [those, those, those.slice(0, 20), those.slice(10), those.slice(5, 25)];
      const outcomes = await Promise.all(portions.map((portion) => seal(portion)));
      expect(outcomes.flatMap(({ failures }) => failures)).toEqual([]);
      expect(await verdict()).toMatchObject({ intact: true, entries: 30 });
    });

    test("seals in order of time, whatever a clock says", async () => {
      const numbers = ofOneChain(2).map((number) => auditItem(number, START));
      const [one, other] = await written(numbers);
      await seal(one ? [one] : [], plusHours(NOW, 1));
      await seal(other ? [other] : [], NOW);
      expect((await sealsOf()).map(({ sealedAt }) => sealedAt)).toEqual([plusHours(NOW, 1), plusHours(NOW, 1)]);
      expect(await verdict()).toMatchObject({ intact: true });
    });

    test("makes several seals of more entries than one holds", async () => {
      const many = ofOneChain(MOST_IN_A_SEAL + 1).map((number) => auditItem(number, START));
      const { made } = await seal(many.map((item) => writtenOf(item)));
      expect(made.map(({ sequence }) => sequence)).toEqual([1, 2]);
      expect((await sealsOf()).map((one) => one.entries.length)).toEqual([MOST_IN_A_SEAL, 1]);
    }, 30_000);

    test("goes on after a seal that somebody took away, and the chain shows where", async () => {
      const [one, two, three] = await written(ofOneChain(3).map((number) => auditItem(number, START)));
      for (const entry of [one, two]) await seal(entry ? [entry] : []);
      await table.write({ kind: "remove", key: itemKey(items.seal, { chain: 0, sequence: 2 }), when: {} });
      expect(await seal(three ? [three] : [])).toMatchObject({ made: [{ sequence: 3 }], failures: [] });
      expect((await verdict()).firstBreak).toEqual({ fault: "missing", chain: 0, sequence: 2 });
    });

    test("asks for the head alone once it has read the chain, and writes a seal and its head", async () => {
      const calls: string[] = [];
      const counted: TableEngine = {
        ...table,
        get: (key) => (calls.push("get"), table.get(key)),
        query: (query) => (calls.push("query"), table.query(query)),
        transact: (operations) => (calls.push(`write ${operations.length}`), table.transact(operations)),
      };
      const seals = storedSeals(counted);
      const [one, two, ...rest] = await written(ofOneChain(8).map((number) => auditItem(number, START)));
      await seal(one ? [one] : []);
      await seals.seal(two ? [two] : [], NOW);
      expect(calls.splice(0)).toEqual(["get", "query", "write 2"]);
      await seals.seal(rest, NOW);
      expect(calls).toEqual(["get", "write 2"]);
    });

    test("gives back the entries of a chain that cannot be written, and seals the others", async () => {
      const those = await written(some(1, 20));
      const broken: TableEngine = {
        ...table,
        transact: (operations) =>
          operations.some((one) => one.kind === "put" && one.item["chain"] === 2)
            ? Promise.reject(new Error("no capacity"))
            : table.transact(operations),
      };
      const { made, failures } = await storedSeals(broken).seal(those, NOW);
      const own = those.filter(({ key }) => chainOf(key) === 2).map(({ key }) => key);
      expect(made.map(({ chain }) => chain).sort()).toEqual([0, 1, 3]);
      expect(failures).toEqual([{ keys: own, error: new Error("no capacity") }]);
      await seal(those);
      expect(await verdict()).toMatchObject({ intact: true, entries: 20 });
    });

    test("writes a seal and its head together, or neither", async () => {
      const [one] = await written([auditItem(1, START)]);
      const chain = chainOf(one?.key ?? "");
      const forged = { chain, sequence: 1, entries: [], previousHash: "", hash: "x", sealedAt: START };
      await table.write({ kind: "put", item: { ...forged, ...itemKey(items.seal, forged) }, when: { absent: true } });
      const blind: TableEngine = { ...table, query: () => Promise.resolve({ items: [] }) };
      const { made, failures } = await storedSeals(blind).seal(one ? [one] : [], NOW);
      expect([made, failures.flatMap(({ keys }) => keys)]).toEqual([[], [one?.key]]);
      expect(await table.get(itemKey(items.sealHead, { chain }))).toBeUndefined();
    });

    test.each([0, 1])("moves no head that has moved on since it was read, %s seals into its chain", async (length) => {
      const those = await written(ofOneChain(length + 2).map((number) => auditItem(number, START)));
      const key = itemKey(items.sealHead, { chain: 0 });
      for (const entry of those.slice(0, length)) await seal([entry]);
      let stale = await table.get(key);
      for (const entry of those.slice(length, length + 1)) await seal([entry]);
      await table.write({ kind: "remove", key: itemKey(items.seal, { chain: 0, sequence: length + 1 }), when: {} });
      const readBefore: TableEngine = {
        ...table,
        async get(asked) {
          const first = stale;
          stale = await table.get(asked);
          return first;
        },
      };
      const { made } = await storedSeals(readBefore).seal(those.slice(-1), NOW);
      expect(made.map(({ sequence }) => sequence)).toEqual([length + 2]);
    });

    test("stores seals and heads as their shapes say", async () => {
      await seal(await written(some(1, 6)));
      for (const item of await chains()) {
        const shape = "entries" in item ? Seal : SealHead;
        const { pk: _pk, sk: _sk, ...content } = item;
        expect(content).toEqual(shape.parse(item));
      }
    });
  });
}
