import { afterAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import type { Hit } from "#shared/domain/tracking/hit";
import type { HitRecord } from "#shared/domain/tracking/hit-records";
import { summarise } from "#shared/domain/tracking/summary";
import type { BucketStore } from "#shared/table/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { aHit, code, exactly, inSequence, someHits, sumOf, visitor } from "#test/support/tracking";

const seed = Date.now() % 2 ** 31;
fc.configureGlobal({ seed });
const counted = { seed, deliveries: 0, hits: 0, failures: 0, beaten: 0, seals: 0 };
afterAll(() => void process.stdout.write(`rollup properties: ${JSON.stringify(counted)}\n`));

const summaryOf = async (store: BucketStore) => {
  const buckets = await storedHitCounts(store).ofCampaign("cmp_1", "2026-03-01", "2026-03-02");
  const { rulesVersion: _version, ...summary } = summarise(buckets);
  return summary;
};

/** A store whose writes fail, or succeed without saying so, or lose against another consumer, as `faults` says. */
function shaky(store: BucketStore, faults: readonly ("none" | "lost" | "reply lost" | "beaten")[]): BucketStore {
  let call = 0;
  const next = () => faults[(call += 1) % Math.max(1, faults.length)] ?? "none";
  const failed = () => {
    counted.failures += 1;
    return Promise.reject(new Error("the store failed"));
  };
  const faulty = async <T>(write: () => Promise<T>): Promise<T> => {
    const fault = next();
    if (fault === "lost") return failed();
    const outcome = await write();
    if (fault === "reply lost") return failed();
    // The reply was lost and the SDK tried again: the second try finds what the first one wrote.
    if (fault !== "beaten") return outcome;
    counted.beaten += 1;
    return write();
  };
  return {
    ...store,
    noteShard: (shardDay) => faulty(() => store.noteShard(shardDay)),
    noteHits: (slice, hits) => faulty(() => store.noteHits(slice, hits)),
    keepSegment: (segment) => {
      counted.seals += 1;
      return faulty(() => store.keepSegment(segment));
    },
    saveTotals: (part, previous) => faulty(() => store.saveTotals(part, previous)),
    save: (bucket, previous, ids) => faulty(() => store.save(bucket, previous, ids)),
  };
}

/** Delivers a shard as Lambda does: batches in order, from the first failure on again, halved, until all is done. */
async function deliver(
  records: readonly HitRecord[],
  shard: string,
  size: number,
  store: BucketStore,
  flaky: BucketStore,
) {
  counted.deliveries += 1;
  counted.hits += records.length;
  let waiting = records;
  let counter = storedHitCounter(flaky);
  for (let attempt = 0; waiting.length > 0; attempt += 1) {
    const halved = Math.max(1, Math.floor(size / 2 ** (attempt % 3)));
    const batch = waiting.slice(0, halved);
    // The store recovers in the end: what is shown is that nothing was counted twice on the way.
    // One process in three batches is new, and knows nothing.
    if (attempt === 30 || attempt % 3 === 0) counter = storedHitCounter(attempt < 30 ? flaky : store);
    const outcome = await counter.count(shard, batch).catch(() => "all failed" as const);
    if (outcome === "all failed") continue;
    const failed = new Set(outcome.failures.map(({ sequenceNumber }) => sequenceNumber));
    const first = batch.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
    waiting = waiting.slice(first === -1 ? batch.length : first);
  }
}

const faults = fc.array(fc.constantFrom("none", "none", "lost", "reply lost", "beaten"), { maxLength: 12 });
const hits = someHits({ hits: 120, visitors: 12, links: 5 });

describe("however a stream is delivered", () => {
  test("every distinct hit is counted once, and visitors as a set would count them", async () => {
    await fc.assert(
      fc.asyncProperty(hits, fc.integer({ min: 1, max: 40 }), faults, async (given, size, plan) => {
        const store = memoryBucketStore();
        await deliver(inSequence(given), "shard-1", size, store, shaky(store, plan));
        expect(await summaryOf(store)).toEqual(exactly(given));
        expect(sumOf(await summaryOf(store))).toBe(given.filter(({ kind }) => kind === undefined).length);
      }),
      { numRuns: 200 },
    );
  });

  test("batches that come again, whole or from anywhere, change nothing", async () => {
    await fc.assert(
      fc.asyncProperty(hits, fc.array(fc.tuple(fc.nat(120), fc.nat(120)), { maxLength: 6 }), async (given, again) => {
        const store = memoryBucketStore();
        const records = inSequence(given);
        await deliver(records, "shard-1", 25, store, store);
        for (const [from, length] of again)
          await storedHitCounter(store).count("shard-1", records.slice(from, from + length));
        expect(await summaryOf(store)).toEqual(exactly(given));
      }),
      { numRuns: 100 },
    );
  });

  test("shards, each with its own visitors, add up in any order of arrival", async () => {
    await fc.assert(
      fc.asyncProperty(
        hits,
        fc.array(fc.nat(), { minLength: 120, maxLength: 120 }),
        faults,
        async (given, order, plan) => {
          const store = memoryBucketStore();
          const shuffled = given
            .map((hit, place) => ({ hit, rank: order[place] ?? 0 }))
            .sort((one, other) => one.rank - other.rank)
            .map(({ hit }) => hit);
          for (const shard of [0, 1, 2]) {
            const own = shuffled.filter((hit) => Number.parseInt(hit.visitor.slice(-1), 16) % 3 === shard);
            await deliver(inSequence(own), `shard-${shard}`, 20, store, shaky(store, plan));
          }
          expect(await summaryOf(store)).toEqual(exactly(given));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("when the producer tried again", () => {
  /** Where each hit's tries land: one that is lost is retried, one that timed out is there as well, before or after. */
  const tries = fc.constantFrom(
    "once",
    "once",
    "lost, retried",
    "there, retried",
    "retried, there",
    "there, retried twice",
    "lost, retried twice",
  );
  const copies = (hit: Hit, kind: string): readonly Hit[] => {
    const retried: Hit = { ...hit, retried: true };
    if (kind === "lost, retried") return [retried];
    if (kind === "lost, retried twice") return [retried, retried];
    if (kind === "there, retried") return [hit, retried];
    if (kind === "retried, there") return [retried, hit];
    return kind === "once" ? [hit] : [hit, retried, retried];
  };

  test("one of all copies counts, however far apart they are", async () => {
    await fc.assert(
      fc.asyncProperty(
        hits,
        fc.array(fc.tuple(tries, fc.nat(60)), { minLength: 120, maxLength: 120 }),
        fc.integer({ min: 1, max: 30 }),
        faults,
        async (given, kinds, size, plan) => {
          const store = memoryBucketStore();
          const landed = given.flatMap((hit, place) => {
            const [kind = "once", apart = 0] = kinds[place] ?? [];
            return copies(hit, kind).map((copy, number) => ({ copy, at: place + number * apart }));
          });
          landed.sort((one, other) => one.at - other.at);
          const records = inSequence(landed.map(({ copy }) => copy));
          await deliver(records, "shard-1", size, store, shaky(store, plan));
          expect(await summaryOf(store)).toEqual(exactly(given));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("more of them than one transaction marks are no trouble", async () => {
    const store = memoryBucketStore();
    const marks: number[] = [];
    const watched: BucketStore = {
      ...store,
      save: (bucket, was, ids) => (marks.push(ids.length), store.save(bucket, was, ids)),
    };
    const retried = Array.from({ length: 400 }, (_, number) =>
      aHit(number, { retried: true, visitor: visitor(number) }),
    );
    await storedHitCounter(watched).count("shard-1", inSequence(retried));
    await storedHitCounter(watched).count("shard-1", inSequence(retried, 1_000));
    expect(sumOf(await summaryOf(store))).toBe(400);
    expect(Math.max(...marks)).toBeLessThanOrEqual(99);
  });
});

describe("with more visitors than a bucket keeps to itself", () => {
  // Fifty fill it, so it is sealed again and again; some visitors come back, some click more links.
  const many = fc.array(fc.tuple(fc.nat(6_000), fc.integer({ min: 1, max: 3 })), {
    minLength: 4_000,
    maxLength: 9_000,
  });

  test("each is still counted once, through failures at any call", async () => {
    await fc.assert(
      fc.asyncProperty(many, fc.integer({ min: 500, max: 4_000 }), faults, async (drawn, size, plan) => {
        const store = memoryBucketStore();
        const given = drawn.map(([who, link], number) =>
          aHit(number, { visitor: visitor(who), code: code(link), creatorId: `creator-${link % 2}` }),
        );
        await deliver(inSequence(given), "shard-1", size, store, shaky(store, plan));
        expect(await summaryOf(store)).toEqual(exactly(given));
      }),
      { numRuns: 8 },
    );
  });

  test("a campaign of very many links keeps its totals in parts", async () => {
    const store = memoryBucketStore();
    const given = Array.from({ length: 3_000 }, (_, number) =>
      aHit(number, {
        visitor: visitor(number % 700),
        code: code(number % 1_500),
        creatorId: `creator-${(number % 1_500) % 90}`,
        agent: number % 3 === 0 ? "curl/8" : aHit(0).agent,
      }),
    );
    await deliver(inSequence(given), "shard-1", 700, store, store);
    await deliver(inSequence(given), "shard-1", 900, store, store);
    expect(await summaryOf(store)).toEqual(exactly(given));
  });
});

test("classes do not depend on who comes first", async () => {
  const given = Array.from({ length: 130 }, (_, number) =>
    aHit(number, { code: code(1 + (number % 7 === 0 ? 1 : 0)) }),
  );
  const summaries = await Promise.all(
    [given, [...given].reverse(), [...given].sort((one, other) => (one.at % 11) - (other.at % 11))].map(
      async (order) => {
        const store = memoryBucketStore();
        await deliver(inSequence(order), "shard-1", 50, store, store);
        return summaryOf(store);
      },
    ),
  );
  expect(summaries[0]?.clicks).toMatchObject({ total: 119, unique: 1, byClass: { valid: 2, repeat: 117, burst: 11 } });
  expect(summaries[1]).toEqual(summaries[0]);
  expect(summaries[2]).toEqual(summaries[0]);
});
