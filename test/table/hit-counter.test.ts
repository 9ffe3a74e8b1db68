import { expect, test } from "@jest/globals";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { summarise } from "#shared/domain/tracking/summary";
import type { BucketStore } from "#shared/table/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { KeptSeals } from "#shared/table/repositories/kept-seals";
import { metered, newMeter } from "#test/support/metered-buckets";
import { aHit, code, inSequence, sumOf, visitor } from "#test/support/tracking";

const totalOf = async (store: BucketStore, campaignId = "cmp_1") =>
  sumOf(summarise(await storedHitCounts(store).ofCampaign(campaignId, "2026-03-01", "2026-03-01")));

/** Hits of as many visitors, in batches of a hundred, by one process. */
async function inBatches(store: BucketStore, visitors: number, kept = new KeptSeals()): Promise<void> {
  const counter = storedHitCounter(store, kept);
  const hits = Array.from({ length: visitors }, (_, number) => aHit(number, { visitor: visitor(number) }));
  for (let at = 0; at < hits.length; at += 100)
    expect((await counter.count("shard-1", inSequence(hits.slice(at, at + 100), at + 1))).failures).toEqual([]);
}

test("a segment and the totals are stored before the bucket that refers to them", async () => {
  const store = memoryBucketStore();
  const stored = { segments: new Set<string>([""]), totals: new Set<string>([""]) };
  const watched: BucketStore = {
    ...store,
    keepSegment: (segment) => (stored.segments.add(segment.sequence), store.keepSegment(segment)),
    saveTotals: (part, was) => (stored.totals.add(part.sequence), store.saveTotals(part, was)),
    save: (bucket, was, ids) => {
      expect([stored.segments.has(bucket.sealed), stored.totals.has(bucket.sealed)]).toEqual([true, true]);
      return store.save(bucket, was, ids);
    },
  };
  await inBatches(watched, 1_000);
  expect(stored.segments.size).toBeGreaterThan(3);
  expect(await totalOf(store)).toBe(1_000);
});

test("what is written for a batch does not grow with what was counted before it", async () => {
  const store = memoryBucketStore();
  const bytes: number[] = [];
  const watched: BucketStore = {
    ...store,
    keepSegment: (segment) => (bytes.push(segment.visitors.length), store.keepSegment(segment)),
    saveTotals: (part, was) => (bytes.push(part.counts.length), store.saveTotals(part, was)),
    save: (bucket, was, ids) => (bytes.push(bucket.recent.length), store.save(bucket, was, ids)),
  };
  await inBatches(watched, 3_000);
  expect(Math.max(...bytes)).toBeLessThan(2_500);
});

test("a process reads each segment once at most: not those it wrote, nor those it keeps", async () => {
  const store = memoryBucketStore();
  const read: string[] = [];
  const watched: BucketStore = {
    ...store,
    segments: async (...range) => {
      const found = await store.segments(...range);
      read.push(...found.map(({ sequence }) => sequence));
      return found;
    },
  };
  await inBatches(watched, 1_000);
  expect(read).toEqual([]);
  const other = storedHitCounter(watched);
  for (let number = 1_000; number < 1_400; number += 1)
    await other.count("shard-1", inSequence([aHit(number, { visitor: visitor(number) })], number + 1));
  expect(read.length).toBeGreaterThan(3);
  expect(new Set(read).size).toBe(read.length);
  expect(await totalOf(store)).toBe(1_400);
});

test("what a process keeps is bounded, and what it let go is read again", async () => {
  const store = memoryBucketStore();
  const counter = storedHitCounter(store, new KeptSeals(200));
  const hits = Array.from({ length: 900 }, (_, number) =>
    aHit(number, { visitor: visitor(number % 300), campaignId: `cmp_${number % 3}` }),
  );
  for (let at = 0; at < hits.length; at += 90)
    await counter.count("shard-1", inSequence(hits.slice(at, at + 90), at + 1));
  for (const campaign of ["cmp_0", "cmp_1", "cmp_2"]) {
    const counts = await storedHitCounts(store).ofCampaign(campaign, "2026-03-01", "2026-03-01");
    expect(summarise(counts).clicks).toMatchObject({ total: 300, unique: 100 });
  }
});

test("a segment that is gone is a failure, and no visitor counts as new for it", async () => {
  const store = memoryBucketStore();
  await inBatches(store, 500);
  const without: BucketStore = {
    ...store,
    segments: async (...range) => (await store.segments(...range)).slice(1),
  };
  const late = inSequence([aHit(501, { visitor: visitor(1) })], 501);
  const { failures } = await storedHitCounter(without).count("shard-1", late);
  expect(failures).toMatchObject([
    { sequenceNumber: "501", error: { message: expect.stringContaining("is missing") } },
  ]);
  expect(await totalOf(store)).toBe(500);
});

test("a failing campaign is reported by its first record, as the stream spells it, and holds up no other", async () => {
  const store = memoryBucketStore();
  const failing: BucketStore = {
    ...store,
    save: (bucket, was, ids) =>
      bucket.campaignId === "cmp_bad" ? Promise.reject(new Error("no")) : store.save(bucket, was, ids),
  };
  const hits = ["cmp_1", "cmp_bad", "cmp_1", "cmp_bad", "cmp_2"].map((campaignId, number) =>
    aHit(number, { campaignId }),
  );
  const records = inSequence(hits).map(({ hit }, place) => ({ sequenceNumber: `0007${place}`, hit }));
  const { failures } = await storedHitCounter(failing).count("shard-1", records);
  expect(failures).toEqual([{ sequenceNumber: "00071", error: new Error("no") }]);
  await storedHitCounter(store).count("shard-1", records.slice(1));
  expect([await totalOf(store), await totalOf(store, "cmp_bad"), await totalOf(store, "cmp_2")]).toEqual([2, 2, 1]);
});

test("sequence numbers of different lengths are compared as numbers", async () => {
  const store = memoryBucketStore();
  const [first, second] = [aHit(1), aHit(2)];
  await storedHitCounter(store).count("shard-1", [{ sequenceNumber: "9", hit: first }]);
  await storedHitCounter(store).count("shard-1", [
    { sequenceNumber: "10", hit: second },
    { sequenceNumber: "9", hit: first },
  ]);
  expect(await totalOf(store)).toBe(2);
});

test("a bucket that never stops changing is a failure, not an endless loop", async () => {
  const stale: BucketStore = { ...memoryBucketStore(), save: () => Promise.resolve("stale") };
  const { failures } = await storedHitCounter(stale).count("shard-1", inSequence([aHit(1)]));
  expect(failures).toMatchObject([{ sequenceNumber: "1", error: { message: expect.stringContaining("5 attempts") } }]);
});

test("a consumer that was given up and goes on working cannot count a retry beside its first try", async () => {
  const store = memoryBucketStore();
  const hit = aHit(1);
  // The old consumer has decided to count the retry when the new one, having noted the first try, is about to save.
  const old: BucketStore = {
    ...store,
    save: async (...late) => {
      let outcome: "saved" | "stale" | undefined;
      const fresh: BucketStore = {
        ...store,
        save: async (...own) => {
          outcome ??= await store.save(...late);
          return store.save(...own);
        },
      };
      await storedHitCounter(fresh).count("shard-1", [{ sequenceNumber: "2", hit }]);
      return outcome ?? "stale";
    },
  };
  await storedHitCounter(old).count("shard-1", [{ sequenceNumber: "1", hit: { ...hit, retried: true } }]);
  expect(await totalOf(store)).toBe(1);
});

test("no item outgrows DynamoDB's 400 kB, whatever is clicked", async () => {
  const meter = newMeter();
  const store = memoryBucketStore();
  // One visitor clicks 7,000 links of as many creators, in every way there is.
  const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const hits = Array.from({ length: 14_000 }, (_, number) =>
    aHit(number, {
      code: `${code(number % 7_000)}abcdef`,
      creatorId: uuid(number % 7_000),
      agent: number % 2 === 0 ? "curl/8" : aHit(0).agent,
    }),
  );
  await storedHitCounter(metered(store, meter)).count("shard-1", inSequence(hits));
  expect(await totalOf(store)).toBe(hits.length);
  expect(meter.largest).toBeGreaterThan(100_000);
  expect(meter.largest).toBeLessThan(400_000);
}, 20_000);
