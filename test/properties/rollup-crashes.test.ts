import { describe, expect, test } from "@jest/globals";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { type HitRecord, paddedSequence } from "#shared/domain/tracking/hit-records";
import { summarise } from "#shared/domain/tracking/summary";
import type { BucketStore } from "#shared/table/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { gated } from "#test/support/gated-buckets";
import { aHit, code, DAY, exactly, inSequence, visitor } from "#test/support/tracking";

const summaryOf = async (store: BucketStore) => {
  const counts = await storedHitCounts(store).ofCampaign("cmp_1", DAY, "2026-03-02");
  const { rulesVersion: _version, ...summary } = summarise(counts);
  return summary;
};

const dies = (at: number) => (call: number) => {
  if (call >= at) throw new Error("the process died");
};

// Visitors come back after they were sealed; links fill more than one part of the totals.
const hits = Array.from({ length: 700 }, (_, number) =>
  aHit(number, {
    visitor: visitor(number % 250),
    code: code(number % 450),
    creatorId: `creator-${(number % 450) % 7}`,
  }),
);
const records = inSequence(hits);
const all = exactly(hits);

async function deliver(store: BucketStore, from: readonly HitRecord[], size: number): Promise<void> {
  const counter = storedHitCounter(store);
  for (let at = 0; at < from.length; at += size) {
    const { failures } = await counter.count("shard-1", from.slice(at, at + size));
    if (failures.length > 0) throw failures[0]?.error;
  }
}

/** How many calls a delivery makes. */
async function callsOf(size: number): Promise<number> {
  let calls = 0;
  await deliver(
    gated(
      memoryBucketStore(),
      () => (calls += 1),
      () => undefined,
    ),
    records,
    size,
  );
  return calls;
}

/** Hits in the stored bucket, by its own number. */
async function countedUpTo(store: BucketStore): Promise<number> {
  const [bucket] = await store.load([{ campaignId: "cmp_1", day: DAY, shard: "shard-1" }]);
  return hits.findIndex((_, at) => paddedSequence(String(at + 1)) === bucket?.sequence) + 1;
}

describe("a consumer that dies at any call", () => {
  test.each([
    ["before it is done", true],
    ["before its answer comes", false],
  ])(
    "%s leaves what is right, and whoever goes on counts the rest, in other batches",
    async (_when, before) => {
      const last = await callsOf(40);
      expect(last).toBeGreaterThan(40);
      for (let call = before ? 1 : 2; call <= last; call += 2) {
        const store = memoryBucketStore();
        const [gate, after] = before ? [dies(call), () => undefined] : [() => undefined, dies(call)];
        await expect(deliver(gated(store, gate, after), records, 40)).rejects.toThrow("died");
        expect(await summaryOf(store)).toEqual(exactly(hits.slice(0, await countedUpTo(store))));
        const next = [35, 110, 240][call % 3] ?? 1;
        await deliver(store, records.slice(Math.max(0, (await countedUpTo(store)) - 50)), next);
        expect(await summaryOf(store)).toEqual(all);
      }
    },
    30_000,
  );

  test("and comes to life when another has done its work changes nothing", async () => {
    const last = await callsOf(40);
    for (let call = 1; call <= last; call += 3) {
      const store = memoryBucketStore();
      const slept = gated(
        store,
        async (one) => {
          if (one === call) await deliver(store, records, 130);
        },
        () => undefined,
      );
      await deliver(slept, records, 40);
      expect(await summaryOf(store)).toEqual(all);
    }
  }, 30_000);
});
