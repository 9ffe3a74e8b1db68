import { afterAll, describe, expect, test } from "@jest/globals";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import type { StreamRecord } from "#shared/domain/kernel/stream-record";
import type { Hit } from "#shared/domain/tracking/hit";
import { type HitRecord, hitsByShard, paddedSequence } from "#shared/domain/tracking/hit-records";
import { summarise } from "#shared/domain/tracking/summary";
import type { BucketStore } from "#shared/table/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { randomOf } from "#test/support/random";
import { aHit, code, DAY, exactly, inSequence, sumOf, visitor } from "#test/support/tracking";

const summaryOf = async (store: BucketStore) => {
  const counts = await storedHitCounts(store).ofCampaign("cmp_1", DAY, "2026-03-02");
  const { rulesVersion: _version, ...summary } = summarise(counts);
  return summary;
};

const writes = ["noteShard", "noteHits", "keepSegment", "saveTotals", "save"] as const;

/** A store of which every write first waits for `gate`, and which then says so to `after`. */
function gated(store: BucketStore, gate: (call: number) => unknown, after: (call: number) => unknown): BucketStore {
  let calls = 0;
  const through = Object.fromEntries(
    writes.map((name) => [
      name,
      async (...given: unknown[]) => {
        const call = (calls += 1);
        await gate(call);
        const outcome: unknown = await (store[name] as (...args: unknown[]) => Promise<unknown>)(...given);
        await after(call);
        return outcome;
      },
    ]),
  );
  return { ...store, ...through };
}

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

describe("a day of a stream", () => {
  const seed = Date.now() % 2 ** 31;
  const told = { seed, events: 0, doubled: 0, poison: 0, deliveries: 0, failed: 0, crashes: 0 };
  afterAll(() => void process.stdout.write(`rollup's day: ${JSON.stringify(told)}\n`));

  const next = randomOf(seed);
  const random = (below: number): number => Math.floor(next() * below);
  const EVENTS = 10_000;

  /** Hits, one in twenty twice, one record in a hundred no hit at all, in four shards, near the order they were made in. */
  function stream(): { readonly made: readonly Hit[]; readonly shards: readonly (readonly StreamRecord[])[] } {
    const made = Array.from({ length: EVENTS }, (_, number) => {
      const link = random(300);
      return aHit(number, {
        visitor: visitor(random(3_000)),
        code: code(link),
        creatorId: `creator-${link % 12}`,
        day: random(10) === 0 ? "2026-03-02" : DAY,
        agent: random(8) === 0 ? "curl/8" : aHit(0).agent,
      });
    });
    const doubled = made.filter(() => random(20) === 0);
    told.doubled += doubled.length;
    const sent = [...made, ...doubled.map((hit): Hit => ({ ...hit, retried: true }))]
      .map((hit) => ({ hit, rank: Number(hit.id.slice(-8)) + random(400) }))
      .sort((one, other) => one.rank - other.rank);
    const shards: StreamRecord[][] = [[], [], [], []];
    const put = (shard: number, payload: string) => {
      const own = shards[shard];
      own?.push({
        sequence: String(1_000 + own.length),
        shard: `shard-${shard}`,
        payload: new TextEncoder().encode(payload),
        delivered: undefined,
      });
    };
    for (const { hit } of sent) {
      const shard = Number.parseInt(hit.visitor.slice(-1), 16) % 4;
      put(shard, JSON.stringify(hit));
      if (random(100) > 0) continue;
      told.poison += 1;
      put(shard, "{}");
    }
    return { made, shards };
  }

  test("is counted exactly, doubled, split, failing and crashing as it may", async () => {
    const { made, shards } = stream();
    told.events += made.length;
    const store = memoryBucketStore();
    const flaky = gated(
      store,
      () => {
        if (random(80) === 0) throw new Error("the store failed");
      },
      () => {
        if (random(80) === 0) throw new Error("its answer was lost");
      },
    );
    const unreadable = new Set<string>();
    for (const [number, own] of shards.entries()) {
      let counter = storedHitCounter(flaky);
      for (let at = 0; at < own.length;) {
        told.deliveries += 1;
        const batch = own.slice(at, at + 1 + random(500));
        const read = hitsByShard(batch);
        if (random(10) === 0) {
          told.crashes += 1;
          counter = storedHitCounter(flaky);
        }
        const outcome = await counter
          .count(`shard-${number}`, read.shards.get(`shard-${number}`) ?? [])
          .catch((): undefined => undefined);
        const failed = new Set(outcome?.failures.map(({ sequenceNumber }) => sequenceNumber));
        const first = outcome === undefined ? 0 : batch.findIndex(({ sequence }) => failed.has(sequence));
        told.failed += first === -1 ? 0 : 1;
        const done = first === -1 ? batch.length : first;
        for (const { sequence, payload } of batch.slice(0, done))
          if (hitsByShard([{ sequence, shard: "", payload, delivered: undefined }]).unreadable > 0)
            unreadable.add(`${number} ${sequence}`);
        at += done;
      }
    }
    expect(unreadable.size).toBe(told.poison);
    expect(await summaryOf(store)).toEqual(exactly(made));
    expect(sumOf(await summaryOf(store))).toBe(EVENTS);
  }, 30_000);
});
