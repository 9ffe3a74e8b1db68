import { beforeEach, describe, expect, test } from "@jest/globals";
import { chainOf, CHAINS, headOf, Seal, SealHead } from "#shared/domain/audit/seal";
import { breaksOf } from "#shared/domain/audit/verify-seals";
import { plusDays, plusHours, plusMilliseconds } from "#shared/domain/kernel/time";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { itemKey, listing, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSeals } from "#shared/table/repositories/seals";
import { auditItem, ofOneChain, sealedState, writtenOf } from "../../support/sealing.ts";

const START = "2026-11-25T12:00:00.000Z";
const NOW = "2026-11-25T12:00:05.000Z";
/** Calls of one batch, however the chain was spoiled: some reads for each attempt. */
const MOST_CALLS = 60;

const headKey = itemKey(items.sealHead, { chain: 0 });

/** One item that whoever can write to the table spoils, and what of the chain is then not as it was. */
const deeds: Readonly<
  Record<string, (table: TableEngine, put: (item: Item & Key) => Promise<void>, head: SealHead) => Promise<unknown>>
> = {
  "its head is taken away": (table) => table.write({ kind: "remove", key: headKey, when: {} }),
  "its head is something else": (_table, put) => put({ ...headKey, spoiled: true }),
  "its head's hash is a list": (_table, put, head) => put({ ...head, ...headKey, hash: [] }),
  "its head's place is before the first": (_table, put, head) => put({ ...head, ...headKey, sequence: -5 }),
  "its head's place is far ahead": (_table, put, head) => put({ ...head, ...headKey, sequence: 1e9 }),
  "its head's place is farther ahead than a chain can be": (_table, put, head) =>
    put({ ...head, ...headKey, sequence: 1e12 }),
  "its head's place is the last number there is": (_table, put, head) =>
    put({ ...head, ...headKey, sequence: Number.MAX_SAFE_INTEGER }),
  "its head's instant is in the far future": (_table, put, head) =>
    put({ ...head, ...headKey, sealedAt: "9999-01-01T00:00:00.000Z" }),
  "its head's instant is none": (_table, put, head) => put({ ...head, ...headKey, sealedAt: "soon" }),
  "its head is turned back": async (table, put) => {
    const first = await table.get(itemKey(items.seal, { chain: 0, sequence: 1 }));
    await put(storedItem(items.sealHead, headOf(Seal.parse(first))));
  },
  "something is put where its next seal belongs": (_table, put, { sequence }) =>
    put({ ...itemKey(items.seal, { chain: 0, sequence: sequence + 1 }), spoiled: true }),
  "a seal is put at the last number there is": (_table, put, head) =>
    put({
      ...{ ...head, entries: [], previousHash: "x", sequence: Number.MAX_SAFE_INTEGER },
      ...itemKey(items.seal, { chain: 0, sequence: Number.MAX_SAFE_INTEGER }),
    }),
};

/** What sealing promises of a chain that was laid hands on, on every engine. `make` gives a table without any seals. */
export function spoiledChainsSuite(name: string, make: () => Promise<TableEngine>): void {
  describe(`sealing into a spoiled chain on ${name}`, () => {
    let table: TableEngine;
    let rows: (Item & Key)[];

    beforeEach(async () => {
      table = await make();
      const numbers = ofOneChain(9);
      // The last two are never sealed, and were written when the chain had long gone on.
      rows = numbers.map((number, at) => auditItem(number, at < 7 ? START : plusHours(START, 2)));
      for (const item of rows) await table.write({ kind: "put", item, when: { absent: true } });
      for (const row of rows.slice(0, 3)) await sealed([row]);
    });

    const put = (item: Item & Key) => table.write({ kind: "put", item, when: { any: true } });
    const sealed = (some: readonly (Item & Key)[], engine = table, now = NOW) =>
      storedSeals(engine).seal(
        some.map((item) => writtenOf(item)),
        now,
      );
    const headNow = async () => SealHead.parse(await table.get(headKey));
    async function storedSealsOf(chain: number): Promise<readonly Seal[]> {
      const { items: found } = await table.query({ ...listing(items.seal, { chain }), limit: 1000 });
      return found.flatMap((item) => Seal.safeParse(item).data ?? []);
    }
    /** How often each row is sealed. */
    async function timesSealed(): Promise<readonly number[]> {
      const keys = (await storedSealsOf(0)).flatMap(({ entries }) => entries.map(({ key }) => key));
      return rows.map(({ pk }) => keys.filter((key) => key === pk).length);
    }
    const breaks = async () => {
      const stored = [...rows, ...(await storedSealsOf(0)).map((seal) => storedItem(items.seal, seal))];
      const head = SealHead.safeParse(await table.get(headKey)).data;
      const { entries, chains } = sealedState(stored);
      return breaksOf(
        entries,
        chains.map((one) => (one.chain === 0 ? { ...one, head } : one)),
        plusDays(START, 1),
      );
    };
    const counted = (calls: string[]): TableEngine => ({
      ...table,
      get: (key) => (calls.push("get"), table.get(key)),
      query: (query) => (calls.push("query"), table.query(query)),
      transact: (operations) => (calls.push("transact"), table.transact(operations)),
    });

    test.each(Object.entries(deeds))(
      "when %s goes on, seals each entry once, accuses none, and the chain never reads as whole",
      async (_deed, deed) => {
        await deed(table, put, await headNow());
        const calls: string[] = [];
        // The stream brings some again.
        for (const batch of [rows.slice(1, 5), rows.slice(3, 6), rows.slice(5, 7)])
          expect(await sealed(batch, counted(calls))).toMatchObject({ failures: [] });
        expect(await timesSealed()).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0]);
        expect(calls.length).toBeLessThan(3 * MOST_CALLS);
        const [first, ...others] = await breaks();
        const unsealed = rows.slice(7).map(({ pk }) => ({ fault: "unsealed", key: pk }));
        expect([first, others]).toEqual([expect.objectContaining({ chain: 0 }), unsealed]);
        expect(first).not.toHaveProperty("key");
      },
    );

    test.each(["its head is taken away", "its head is something else", "its head is turned back"])(
      "when %s says so once, with where it went on, and leaves the other chains as they are",
      async (deed) => {
        const others = Array.from({ length: 30 }, (_, at) => auditItem(100 + at, START)).filter(
          ({ pk }) => chainOf(pk) !== 0,
        );
        await deeds[deed]?.(table, put, await headNow());
        const outcome = await sealed([...rows.slice(3, 5), ...others]);
        expect(outcome).toMatchObject({ failures: [], lost: [{ chain: 0, left: 4 }] });
        expect(outcome.made.map(({ chain }) => chain).sort()).toEqual(Array.from({ length: CHAINS }, (_, at) => at));
        expect(await headNow()).toMatchObject({ sequence: 5 });
        expect(await sealed(rows.slice(5, 6))).toMatchObject({ made: [{ sequence: 6 }], lost: [] });
        expect(await breaks()).toContainEqual({ fault: "missing", chain: 0, sequence: 4 });
      },
    );

    test("several who find a head lost go on at one place", async () => {
      await put({ ...headKey, spoiled: true });
      const outcomes = await Promise.all([2, 3, 4, 5].map((at) => sealed(rows.slice(at, at + 2))));
      expect(outcomes.flatMap(({ failures }) => failures)).toEqual([]);
      expect(outcomes.flatMap(({ lost }) => lost)).toHaveLength(1);
      expect(await timesSealed()).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0]);
    });

    test("a chain that has lost everything begins at its first place; one whose head alone is left, after it", async () => {
      for (const sequence of [1, 2, 3])
        await table.write({ kind: "remove", key: itemKey(items.seal, { chain: 0, sequence }), when: {} });
      expect(await sealed(rows.slice(3, 4))).toMatchObject({ made: [{ sequence: 4 }], lost: [] });
      await table.write({ kind: "remove", key: itemKey(items.seal, { chain: 0, sequence: 4 }), when: {} });
      await table.write({ kind: "remove", key: headKey, when: {} });
      expect(await sealed(rows.slice(4, 5))).toMatchObject({ made: [{ sequence: 1 }], lost: [] });
    });

    test("an entry that waited is looked for among the seals since it was written, across a gap", async () => {
      await put({ ...(await headNow()), ...headKey, sequence: 1e9 });
      const later = plusMilliseconds(NOW, 60_000);
      await sealed(rows.slice(3, 4), table, later);
      expect(await sealed(rows.slice(0, 4), table, later)).toMatchObject({ made: [], failures: [] });
    });
  });
}
