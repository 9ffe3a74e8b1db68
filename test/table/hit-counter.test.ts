import { expect, test } from "@jest/globals";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { levelOf, type Bucket } from "#shared/domain/tracking/bucket";
import { summarise } from "#shared/domain/tracking/summary";
import type { BucketStore } from "#shared/table/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { aHit, code, inSequence, sumOf, visitor } from "#test/support/tracking";

const totalOf = async (store: BucketStore, campaignId = "cmp_1") =>
  sumOf(summarise(await store.ofCampaign(campaignId, "2026-03-01", "2026-03-01")));

test("buckets are saved from the first level down", async () => {
  const store = memoryBucketStore();
  const levels: number[] = [];
  const watched: BucketStore = {
    ...store,
    save: (bucket, was, ids) => (levels.push(levelOf(bucket.bucket)), store.save(bucket, was, ids)),
  };
  const many = Array.from({ length: 3_000 }, (_, number) => aHit(number, { visitor: visitor(number) }));
  expect(await storedHitCounter(watched).count("shard-1", inSequence(many))).toEqual({
    bucketsSaved: levels.length,
    failures: [],
  });
  expect(Math.max(...levels)).toBeGreaterThan(0);
  expect(levels).toEqual([...levels].sort((one, other) => one - other));
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

test("no bucket outgrows DynamoDB's 400 kB, whatever is clicked", async () => {
  const store = memoryBucketStore();
  const sizes: number[] = [];
  const sizeOf = ({ visitors, ...counts }: Bucket) => visitors.length + JSON.stringify(counts).length;
  const watched: BucketStore = {
    ...store,
    save: (bucket, was, ids) => (sizes.push(sizeOf(bucket)), store.save(bucket, was, ids)),
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
  await storedHitCounter(watched).count("shard-1", inSequence(hits));
  expect(await totalOf(store)).toBe(hits.length);
  expect(Math.max(...sizes)).toBeLessThan(200_000);
}, 20_000);
