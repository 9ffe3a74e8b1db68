/** Pages of lists: in order over all partitions, bounded in what they read and in what they hold. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import * as z from "zod";
import { memoryTable, type MemoryTable } from "#shared/adapters/memory/table";
import type { Campaign } from "#shared/domain/campaigns/campaign";
import type { Page, PageRequest, Position } from "#shared/ports/page";
import type { Query, TableEngine } from "#shared/table/engine";
import { entityItem, entityKey } from "#shared/table/entity";
import { listing, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, newestFirst, PAGE_BYTES, pageOf } from "#shared/table/repositories/pages";
import { chunksOf } from "#shared/table/repositories/reading";
import { aCampaign, BRAND_ID } from "../support/builders.ts";

const Numbered = z.object({ id: z.string().transform((id) => Number(id.slice(4))), status: z.string() });
const idOf = (number: number): string => `cmp_${String(number).padStart(26, "0")}`;
const campaignOf = (number: number, parts: Partial<Campaign> = {}) => aCampaign({ id: idOf(number), ...parts });

let table: MemoryTable;
let queries: Query[];
let counted: TableEngine;
beforeEach(() => {
  table = memoryTable();
  queries = [];
  counted = {
    ...table,
    query: (query) => {
      queries.push(query);
      return table.query(query);
    },
  };
});

const given = (campaign: Campaign): Promise<void> =>
  table.write({ kind: "put", item: entityItem("campaign", campaign), when: { any: true } });
async function givenNumbers(numbers: Iterable<number>): Promise<void> {
  for (const number of numbers) await given(campaignOf(number));
}
const upTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1);

const all = spreadListing(items.campaign.listings.all, {});
const ofBrand = listing(items.campaign.listings.ofBrand, { brandId: BRAND_ID });

/** Every page of a list, to its end. */
async function pages<T>(read: (page: PageRequest) => Promise<Page<T>>, limit: number): Promise<(readonly T[])[]> {
  const found: (readonly T[])[] = [];
  for (let after: Position | undefined; ;) {
    const { items: things, next } = await read({ limit, ...(after && { after }) });
    found.push(things);
    if (next === undefined) return found;
    after = next;
  }
}
const numbersOf = async (list: Parameters<typeof pageOf>[1], limit: number): Promise<number[]> =>
  (await pages((page) => pageOf(counted, list, Numbered, page), limit)).flat().map(({ id }) => id);

describe("a spread list", () => {
  test("is one list, in order both ways, whatever the size of its pages", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { maxLength: 120 }),
        fc.integer({ min: 1, max: 100 }),
        async (numbers, limit) => {
          table = memoryTable();
          counted = table;
          await givenNumbers(numbers);
          const inOrder = [...numbers].sort((a, b) => a - b);
          expect(await numbersOf(all, limit)).toEqual(inOrder);
          expect(await numbersOf(newestFirst(all), limit)).toEqual(inOrder.toReversed());
        },
      ),
      { numRuns: 40 },
    );
  });

  test("fills its pages, whichever partitions its things are in", async () => {
    const oneShard = upTo(4_000).filter((number) => {
      const item = entityItem("campaign", campaignOf(number));
      return item["kindPk"] === all[3]?.partition;
    });
    await givenNumbers(oneShard.slice(0, 250));
    for (const limit of [1, 25, 100]) {
      const sizes = (await pages((page) => pageOf(counted, all, Numbered, page), limit)).map(({ length }) => length);
      expect(sizes.slice(0, -1).every((size) => size === limit)).toBe(true);
    }
  });

  test("is read whole by who needs all of it", async () => {
    await givenNumbers(upTo(350));
    const found: number[] = [];
    for await (const { id } of eachOf(table, all, Numbered)) found.push(id);
    expect(found).toEqual(upTo(350));
  });
});

test("a spread list comes in full chunks: what one partition lacks is read with the others, ahead of its turn", async () => {
  await givenNumbers(upTo(1_200));
  const sizes: number[] = [];
  for await (const places of chunksOf(table, all, 100)) sizes.push(places.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_200);
  expect(sizes.length).toBeLessThanOrEqual(14);
});

describe("a filtered page", () => {
  const rare = (list: Parameters<typeof pageOf>[1]) => (page: PageRequest) =>
    pageOf(counted, list, Numbered, page, ({ status }) => status === "active");

  test.each([
    ["of one owner", ofBrand, 4],
    ["of everybody", all, 4 * all.length],
  ])("%s reads four times at most, and goes on where it ended", async (_whose, list, most) => {
    await givenNumbers(upTo(1_200));
    for (const number of [3, 700, 1_199]) await given(campaignOf(number, { status: "active" }));
    const read = rare(list);
    const found: number[] = [];
    let pageCount = 0;
    for (let after: Position | undefined, ended = false; !ended; pageCount += 1) {
      queries.length = 0;
      const page = await read({ limit: 25, ...(after && { after }) });
      expect(queries.length).toBeLessThanOrEqual(most);
      for (const query of queries) expect(query.limit).toBeLessThanOrEqual(100);
      found.push(...page.items.map(({ id }) => id));
      ({ next: after } = page);
      ended = after === undefined;
    }
    expect(found).toEqual([3, 700, 1_199]);
    expect(pageCount).toBeGreaterThan(2);
  });

  test("is full as soon as enough match, and the last has no next", async () => {
    for (const number of upTo(60)) await given(campaignOf(number, { status: number % 3 ? "draft" : "active" }));
    const sizes = (await pages(rare(ofBrand), 6)).map(({ length }) => length);
    expect(sizes).toEqual([6, 6, 6, 2]);
  });
});

describe("an index that lags behind", () => {
  /** The table as it is, with indexes as they were. */
  function lagging(): TableEngine {
    const before = memoryTable();
    const written = table.all().map((item) => before.write({ kind: "put", item: item as never, when: { any: true } }));
    return { ...table, query: async (query) => (await Promise.all(written), before.query(query)) };
  }
  const due = listing(items.campaign.listings.due, {});
  const dueNumbers = async (engine: TableEngine) =>
    (await pageOf(engine, due, Numbered, { limit: 10 })).items.map(({ id, status }) => [id, status]);

  test("gives things as they are now, without those that have left the list, are gone or are elsewhere in it", async () => {
    for (const number of upTo(5)) await given(campaignOf(number, { status: "active" }));
    const stale = lagging();
    await given(campaignOf(1, { status: "completed" }));
    await given(campaignOf(2, { status: "paused" }));
    await given(
      campaignOf(3, { status: "active", timeline: { ...aCampaign().timeline, end: "2027-01-01T00:00:00.000Z" } }),
    );
    await table.write({ kind: "remove", key: entityKey("campaign", campaignOf(4)), when: {} });
    expect(await dueNumbers(stale)).toEqual([
      [2, "paused"],
      [5, "active"],
    ]);
  });

  test("reads a thing once whose key it gives twice", async () => {
    await given(campaignOf(1, { status: "active" }));
    const twice: TableEngine = {
      ...table,
      query: async (query) => {
        const reply = await table.query(query);
        return { ...reply, items: reply.items.flatMap((item) => [{ ...item, dueSk: "0" }, item]) };
      },
      getMany: (keys) => {
        expect(keys).toHaveLength(1);
        return table.getMany(keys);
      },
    };
    expect(await dueNumbers(twice)).toEqual([[1, "active"]]);
  });
});

describe("a page of large things", () => {
  test("ends at two megabytes, and loses nothing", async () => {
    const large = "x".repeat(180_000);
    for (const number of upTo(40)) await given(campaignOf(number, { description: large }));
    const Sized = Numbered.extend({ description: z.string() });
    const found = await pages((page) => pageOf(table, ofBrand, Sized, page), 100);
    expect(found.flat().map(({ id }) => id)).toEqual(upTo(40));
    expect(found.map((page) => page.length)).toEqual([11, 11, 11, 7]);
    for (const page of found) expect(JSON.stringify(page).length).toBeLessThan(PAGE_BYTES + 100);
  });

  test("has one thing at least", async () => {
    for (const number of upTo(2)) await given(campaignOf(number, { description: "x".repeat(PAGE_BYTES) }));
    const Sized = Numbered.extend({ description: z.string() });
    const found = await pages((page) => pageOf(table, ofBrand, Sized, page), 100);
    expect(found.map((page) => page.length)).toEqual([1, 1]);
  });
});
