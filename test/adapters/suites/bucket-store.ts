import { describe, expect, test } from "@jest/globals";
import { type Bucket, emptyBucket, type Segment, type TotalsPart } from "#shared/domain/tracking/bucket";
import { paddedSequence } from "#shared/domain/tracking/hit-records";
import { summarise } from "#shared/domain/tracking/summary";
import type { BucketStore } from "#shared/table/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { aHit, code, exactly, inSequence, visitor } from "#test/support/tracking";

let campaigns = 0;

/**
 * What every store of buckets promises.
 *
 * @param make gives the adapter; tests use campaigns, shards and hits of their own, so one store may serve them all
 * @param run tells runs on one store apart
 */
export function bucketStoreSuite(make: () => BucketStore | Promise<BucketStore>, run = ""): void {
  const fresh = async () => {
    const name = `${run}${(campaigns += 1)}`;
    const key = { campaignId: `cmp_${name}`, day: "2026-03-01", shard: `shard-${name}` };
    const hitIds = Array.from({ length: 4 }, (_, number) => `hit_${name}_${number}`);
    return { store: await make(), key, slice: { shard: key.shard, slice: 7 }, hitIds };
  };
  const filled = (bucket: Bucket, sequence: string, unique = 1): Bucket => ({
    ...bucket,
    sequence: paddedSequence(sequence),
    unique,
    recent: new Uint8Array([1, 0, 255, 128, 7]),
  });

  describe("buckets", () => {
    test("are loaded as they were saved; those that do not exist are left out", async () => {
      const { store, key } = await fresh();
      const bucket = filled(emptyBucket(key), "1");
      expect(await store.save(bucket, "", [])).toBe("saved");
      const loaded = await store.load([{ ...key, shard: "other" }, key, { ...key, day: "2026-03-02" }]);
      expect(loaded).toEqual([bucket]);
      expect(await store.load([])).toEqual([]);
    });

    test("are made once, and replaced only by who has seen the last state", async () => {
      const { store, key } = await fresh();
      const [first, second, other] = ["1", "2", "3"].map((sequence, at) => filled(emptyBucket(key), sequence, at + 1));
      if (!first || !second || !other) throw new Error("three buckets");
      expect(await store.save(first, paddedSequence("9"), [])).toBe("stale");
      expect(await store.save(first, "", [])).toBe("saved");
      expect(await store.save(other, "", [])).toBe("stale");
      expect(await store.save(second, first.sequence, [])).toBe("saved");
      expect(await store.save(other, first.sequence, [])).toBe("stale");
      expect(await store.load([key])).toEqual([second]);
    });

    test("have one winner among savers at once", async () => {
      const { store, key } = await fresh();
      const savers = Array.from({ length: 8 }, (_, at) => store.save(filled(emptyBucket(key), String(at + 1)), "", []));
      const outcomes = await Promise.all(savers);
      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
    });

    test("are loaded by the hundred", async () => {
      const { store, key } = await fresh();
      const keys = Array.from({ length: 130 }, (_, at) => ({
        ...key,
        campaignId: `${key.campaignId}-${at}`,
      }));
      // A few at a time: an emulator on a busy machine would answer the last of them too late.
      for (let at = 0; at < keys.length; at += 20) {
        await Promise.all(keys.slice(at, at + 20).map((one) => store.save(filled(emptyBucket(one), "1"), "", [])));
      }
      expect(await store.load(keys)).toHaveLength(130);
    });

    test("of a campaign and shard are found between two days, both included", async () => {
      const { store, key } = await fresh();
      const days = ["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03"];
      for (const day of days) await store.save(filled(emptyBucket({ ...key, day }), "1"), "", []);
      const range = { ...key, from: "2026-03-01", to: "2026-03-02" };
      const found = await store.buckets(range);
      expect(found.map(({ day }) => day).sort()).toEqual(["2026-03-01", "2026-03-02"]);
      expect(found.find(({ day }) => day === key.day)).toEqual(filled(emptyBucket(key), "1"));
      expect(await store.buckets({ ...range, campaignId: `${key.campaignId}0` })).toEqual([]);
      expect(await store.buckets({ ...range, shard: `${key.shard}0` })).toEqual([]);
    });
  });

  test("buckets are found by their day", async () => {
    const { store, key } = await fresh();
    // A day of its own: one store may serve many tests.
    const day = `20${String(10 + (campaigns % 80))}-01-01`;
    for (const [campaignId, shard] of [
      ["one", "a"],
      ["one", "b"],
      ["two", "a"],
    ] as const) {
      const own = { campaignId: `${key.campaignId}-${campaignId}`, shard: `${key.shard}-${shard}` };
      for (const on of [day, "2009-01-01"]) await store.save(filled(emptyBucket({ ...own, day: on }), "1"), "", []);
    }
    const found = (await store.ofDay(day)).filter(({ campaignId }) => campaignId.startsWith(key.campaignId));
    expect(found.map(({ campaignId }) => campaignId).sort()).toEqual(
      ["one", "one", "two"].map((name) => `${key.campaignId}-${name}`),
    );
  });

  describe("segments", () => {
    const segment = (key: Segment | Omit<Segment, "sequence" | "previous" | "visitors">, number: number): Segment => ({
      ...key,
      sequence: paddedSequence(String(number)),
      previous: number === 1 ? "" : paddedSequence(String(number - 1)),
      visitors: new Uint8Array([number, 0, 255]),
    });

    test("stay as they were written, and are found after one and up to another", async () => {
      const { store, key } = await fresh();
      const three = [1, 2, 3].map((number) => segment(key, number));
      for (const one of three) await store.keepSegment(one);
      await store.keepSegment({ ...segment(key, 2), visitors: new Uint8Array([9]) });
      const named = async (after: number, upTo: number) => {
        const from = after === 0 ? "" : paddedSequence(String(after));
        const found = await store.segments(key, from, paddedSequence(String(upTo)));
        return [...found].sort((one, other) => (one.sequence < other.sequence ? -1 : 1));
      };
      expect(await named(0, 3)).toEqual(three);
      expect(await named(1, 2)).toEqual(three.slice(1, 2));
      expect(await named(3, 9)).toEqual([]);
      expect(await store.segments({ ...key, day: "2026-03-02" }, "", paddedSequence("3"))).toEqual([]);
    });
  });

  describe("totals", () => {
    test("are replaced part by part, only by who has seen the last state", async () => {
      const { store, key } = await fresh();
      const part = (number: number, sequence: string): TotalsPart => ({
        ...key,
        part: number,
        sequence: paddedSequence(sequence),
        counts: new Uint8Array([1, 0, 128]),
      });
      expect(await store.saveTotals(part(0, "1"), paddedSequence("9"))).toBe("stale");
      expect(await store.saveTotals(part(0, "1"), "")).toBe("saved");
      expect(await store.saveTotals(part(0, "2"), "")).toBe("stale");
      expect(await store.saveTotals(part(1, "2"), "")).toBe("saved");
      expect(await store.saveTotals(part(0, "2"), paddedSequence("1"))).toBe("saved");
      const range = { ...key, from: key.day, to: key.day };
      const found = [...(await store.totals(range))].sort((one, other) => one.part - other.part);
      expect(found).toEqual([part(0, "2"), part(1, "2")]);
      expect(await store.totals({ ...range, from: "2026-03-02", to: "2026-03-03" })).toEqual([]);
      const expiring = { ...part(1, "2"), expiresAtSeconds: 4_102_444_800 };
      expect(await store.saveTotals(expiring, paddedSequence("2"))).toBe("saved");
      expect(await store.totals(range)).toContainEqual(expiring);
    });
  });

  test("shards are found by the days they have buckets of", async () => {
    const { store, key } = await fresh();
    for (const day of ["2026-03-01", "2026-03-01", "2026-03-02"]) await store.noteShard({ day, shard: key.shard });
    const own = (await store.shards("2026-03-01", "2026-03-01")).filter(({ shard }) => shard === key.shard);
    expect(own).toEqual([{ day: "2026-03-01", shard: key.shard }]);
    expect((await store.shards("2026-02-01", "2026-03-02")).filter(({ shard }) => shard === key.shard)).toHaveLength(2);
  });

  describe("retried hits", () => {
    test("are marked with the bucket, or not at all", async () => {
      const { store, key, hitIds } = await fresh();
      const [one = "", two = "", three = ""] = hitIds;
      const bucket = filled(emptyBucket(key), "1");
      await store.save(bucket, "", [one, two]);
      expect(await store.countedRetries(hitIds)).toEqual(new Set([one, two]));
      const next = filled(bucket, "2");
      expect(await store.save(next, bucket.sequence, [three, two])).toBe("stale");
      expect(await store.save(next, "", [three])).toBe("stale");
      expect(await store.countedRetries([three])).toEqual(new Set());
      expect(await store.load([key])).toEqual([bucket]);
      expect(await store.save(next, bucket.sequence, [three])).toBe("saved");
      expect(await store.countedRetries([])).toEqual(new Set());
    });

    test("are marked by up to 99 at a time", async () => {
      const { store, key } = await fresh();
      const ids = Array.from({ length: 99 }, (_, at) => `${key.campaignId}_${at}`);
      expect(await store.save(filled(emptyBucket(key), "1"), "", ids)).toBe("saved");
      expect((await store.countedRetries([...ids, `${key.campaignId}_99`])).size).toBe(99);
    });
  });

  describe("notes", () => {
    test("add up, whatever is repeated or done at once", async () => {
      const { store, slice } = await fresh();
      const note = (firsts: string[], retries: string[]) =>
        store.noteHits(slice, { firsts: new Set(firsts), retries: new Set(retries) });
      expect(await note(["a", "b"], [])).toEqual({ firsts: new Set(["a", "b"]), retries: new Set() });
      expect(await note(["b"], ["c"])).toEqual({ firsts: new Set(["a", "b"]), retries: new Set(["c"]) });
      await Promise.all(["d", "e", "f"].map((mark) => note([mark], [mark])));
      const { firsts, retries } = await note([], ["c"]);
      expect([[...firsts].sort(), [...retries].sort()]).toEqual([
        ["a", "b", "d", "e", "f"],
        ["c", "d", "e", "f"],
      ]);
      const other = await store.noteHits({ ...slice, slice: 8 }, { firsts: new Set(["z"]), retries: new Set() });
      expect(other).toEqual({ firsts: new Set(["z"]), retries: new Set() });
    });
  });

  test("a rollup over it counts each hit once", async () => {
    const { store, key } = await fresh();
    const hits = Array.from({ length: 2_300 }, (_, number) =>
      aHit(number, {
        id: `hit_${key.campaignId}_${String(number).padStart(12, "0")}`,
        campaignId: key.campaignId,
        visitor: visitor(number % 2_100),
        code: code(number % 3),
        creatorId: `creator-${number % 3}`,
        ...(number % 40 === 0 && { retried: true }),
      }),
    );
    const records = inSequence(hits);
    for (const [from, to] of [
      [0, 1_000],
      [500, 2_300],
      [0, 2_300],
    ] as const)
      expect((await storedHitCounter(store).count(key.shard, records.slice(from, to))).failures).toEqual([]);
    const { rulesVersion: _version, ...summary } = summarise(
      await storedHitCounts(store).ofCampaign(key.campaignId, key.day, key.day),
    );
    expect(summary).toEqual(exactly(hits));
  }, 60_000);
}
