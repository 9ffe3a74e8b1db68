import { expect, test } from "@jest/globals";
import { memoryTrackingPages } from "#shared/adapters/memory/tracking-pages";
import { levelOf, type Page } from "#shared/domain/tracking/day-page";
import { rollUpBatch } from "#shared/domain/tracking/roll-up-batch";
import { summarise } from "#shared/domain/tracking/summary";
import type { TrackingPages } from "#shared/ports/tracking";
import { aHit, code, inSequence, sumOf, visitor } from "#test/support/tracking";

const totalOf = async (store: TrackingPages, campaignId = "cmp_1") =>
  sumOf(summarise(await store.ofCampaign(campaignId, "2026-03-01", "2026-03-01")));

test("pages are saved from the first level down", async () => {
  const store = memoryTrackingPages();
  const levels: number[] = [];
  const watched: TrackingPages = {
    ...store,
    save: (page, was, ids) => (levels.push(levelOf(page.page)), store.save(page, was, ids)),
  };
  const many = Array.from({ length: 3_000 }, (_, number) => aHit(number, { visitor: visitor(number) }));
  expect(await rollUpBatch(watched, "shard-1", inSequence(many))).toEqual({ pagesSaved: levels.length, failures: [] });
  expect(Math.max(...levels)).toBeGreaterThan(0);
  expect(levels).toEqual([...levels].sort((one, other) => one - other));
});

test("a failing campaign is reported by its first record, as the stream spells it, and holds up no other", async () => {
  const store = memoryTrackingPages();
  const failing: TrackingPages = {
    ...store,
    save: (page, was, ids) =>
      page.campaignId === "cmp_bad" ? Promise.reject(new Error("no")) : store.save(page, was, ids),
  };
  const hits = ["cmp_1", "cmp_bad", "cmp_1", "cmp_bad", "cmp_2"].map((campaignId, number) =>
    aHit(number, { campaignId }),
  );
  const records = inSequence(hits).map(({ hit }, place) => ({ sequenceNumber: `0007${place}`, hit }));
  const { failures } = await rollUpBatch(failing, "shard-1", records);
  expect(failures).toEqual([{ sequenceNumber: "00071", error: new Error("no") }]);
  await rollUpBatch(store, "shard-1", records.slice(1));
  expect([await totalOf(store), await totalOf(store, "cmp_bad"), await totalOf(store, "cmp_2")]).toEqual([2, 2, 1]);
});

test("sequence numbers of different lengths are compared as numbers", async () => {
  const store = memoryTrackingPages();
  const [first, second] = [aHit(1), aHit(2)];
  await rollUpBatch(store, "shard-1", [{ sequenceNumber: "9", hit: first }]);
  await rollUpBatch(store, "shard-1", [
    { sequenceNumber: "10", hit: second },
    { sequenceNumber: "9", hit: first },
  ]);
  expect(await totalOf(store)).toBe(2);
});

test("a page that never stops changing is a failure, not an endless loop", async () => {
  const stale: TrackingPages = { ...memoryTrackingPages(), save: () => Promise.resolve("stale") };
  const { failures } = await rollUpBatch(stale, "shard-1", inSequence([aHit(1)]));
  expect(failures).toMatchObject([{ sequenceNumber: "1", error: { message: expect.stringContaining("5 attempts") } }]);
});

test("a consumer that was given up and goes on working cannot count a retry beside its first try", async () => {
  const store = memoryTrackingPages();
  const hit = aHit(1);
  // The old consumer has decided to count the retry when the new one, having noted the first try, is about to save.
  const old: TrackingPages = {
    ...store,
    save: async (...late) => {
      let outcome: "saved" | "stale" | undefined;
      const fresh: TrackingPages = {
        ...store,
        save: async (...own) => {
          outcome ??= await store.save(...late);
          return store.save(...own);
        },
      };
      await rollUpBatch(fresh, "shard-1", [{ sequenceNumber: "2", hit }]);
      return outcome ?? "stale";
    },
  };
  await rollUpBatch(old, "shard-1", [{ sequenceNumber: "1", hit: { ...hit, retried: true } }]);
  expect(await totalOf(store)).toBe(1);
});

test("no page outgrows DynamoDB's 400 kB, whatever is clicked", async () => {
  const store = memoryTrackingPages();
  const sizes: number[] = [];
  const sizeOf = ({ visitors, ...counts }: Page) => visitors.length + JSON.stringify(counts).length;
  const watched: TrackingPages = {
    ...store,
    save: (page, was, ids) => (sizes.push(sizeOf(page)), store.save(page, was, ids)),
  };
  // One visitor clicks 7,000 links of as many creators, in every way there is: nothing spreads them but the levels.
  const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const hits = Array.from({ length: 14_000 }, (_, number) =>
    aHit(number, {
      code: `${code(number % 7_000)}abcdef`,
      creatorId: uuid(number % 7_000),
      agent: number % 2 === 0 ? "curl/8" : aHit(0).agent,
    }),
  );
  await rollUpBatch(watched, "shard-1", inSequence(hits));
  expect(await totalOf(store)).toBe(hits.length);
  expect(Math.max(...sizes)).toBeLessThan(200_000);
}, 20_000);
