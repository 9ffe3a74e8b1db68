/**
 * What counting a hit costs: write units by an own meter (sizes as DynamoDB counts them, and a unit for each kilobyte of image
 * in the table's stream), and hits a second on one core, of batches that lie in memory: grouping, counting, sealing and spelling
 * what is stored; without parsing, and without a table. Part of `npm run bench`, and by itself:
 * `node test/bench/rollup.ts`.
 */
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { type Bucket, emptyBucket, isFull } from "#shared/domain/tracking/bucket";
import { bucketName, hitsByBucket } from "#shared/domain/tracking/bucket-hits";
import { agentRules } from "#shared/domain/tracking/agent-rules";
import { inStreamOrder } from "#shared/domain/tracking/hit-records";
import {
  newTo,
  nothingSealed,
  rollUp,
  sealBucket,
  type Sealed,
  type SequencedHit,
} from "#shared/domain/tracking/rollup";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { metered, newMeter, unitsAHit } from "../support/metered-buckets.ts";
import { batchesOf, SEED, SHARD, type Traffic } from "./traffic.ts";

/** Why these: docs/decisions.md, budgets. */
const WRITES: readonly (readonly [string, Traffic, number])[] = [
  [
    "10,000 a batch, Zipf, 2,000 links of 200 campaigns",
    {
      batches: 20,
      hitsABatch: 10_000,
      hitsASecond: 1_000,
      visitors: 375_000,
      links: 2_000,
      campaigns: 200,
      spread: "zipf",
    },
    0.15,
  ],
  [
    "10,000 a batch, Zipf, 2,000 links of one campaign",
    {
      batches: 20,
      hitsABatch: 10_000,
      hitsASecond: 1_000,
      visitors: 375_000,
      links: 2_000,
      campaigns: 1,
      spread: "zipf",
    },
    0.15,
  ],
  // 100 hits a second of 1.5 million visitors on four shards, for a tenth of a day: a shard's share of both.
  [
    "one campaign, 100 hits/s, 1.5M visitors (1/10 day)",
    { batches: 864, hitsABatch: 250, hitsASecond: 25, visitors: 37_500, links: 20, campaigns: 1, spread: "zipf" },
    0.5,
  ],
  [
    "every hit of a batch of 100 another campaign's",
    {
      batches: 300,
      hitsABatch: 100,
      hitsASecond: 10,
      visitors: 1_500_000,
      links: 2_000,
      campaigns: 2_000,
      spread: "in turn",
    },
    2,
  ],
];

const SPEEDS: readonly (readonly [string, Traffic, number])[] = [
  [
    "200 campaigns",
    {
      batches: 20,
      hitsABatch: 10_000,
      hitsASecond: 1_000,
      visitors: 375_000,
      links: 2_000,
      campaigns: 200,
      spread: "even",
    },
    250_000,
  ],
  [
    "one campaign, 2,000 links",
    {
      batches: 20,
      hitsABatch: 10_000,
      hitsASecond: 1_000,
      visitors: 375_000,
      links: 2_000,
      campaigns: 1,
      spread: "even",
    },
    100_000,
  ],
];
/** The process is warm after so many. */
const WARM_BATCHES = 5;

async function written(name: string, traffic: Traffic, budget: number): Promise<void> {
  const meter = newMeter();
  const counter = storedHitCounter(metered(memoryBucketStore(), meter));
  let hits = 0;
  for (const batch of batchesOf(traffic)) {
    const { failures } = await counter.count(SHARD, batch);
    if (failures.length > 0) throw failures[0]?.error;
    hits += batch.length;
  }
  const { billed, withImages } = unitsAHit(meter, hits);
  const over = withImages > budget;
  console.log(
    `  ${name.padEnd(52)} ${withImages.toFixed(3).padStart(7)} (budget ${budget}), ${billed.toFixed(3)} billed, ${hits} hits${over ? "  OVER" : ""}`,
  );
  if (over) process.exitCode = 1;
}

/** CPU seconds of some work, for each batch after the first few. */
async function cpuOf<T>(batches: readonly T[], work: (batch: T) => unknown): Promise<number> {
  let micros = 0;
  for (const [place, batch] of batches.entries()) {
    const before = process.cpuUsage();
    await work(batch);
    const { user, system } = process.cpuUsage(before);
    if (place >= WARM_BATCHES) micros += user + system;
  }
  return micros / 1e6;
}

/** Grouping, counting, sealing and spelling, over buckets that lie in memory: the rules alone. */
function rules(): (hits: readonly SequencedHit[]) => void {
  const states = new Map<string, { bucket: Bucket; sealed: Sealed }>();
  return (hits) => {
    const agents = agentRules();
    for (const group of hitsByBucket(SHARD, hits)) {
      const name = bucketName(group);
      let { bucket, sealed } = states.get(name) ?? { bucket: emptyBucket(group), sealed: nothingSealed() };
      if (isFull(bucket)) ({ bucket, sealed } = sealBucket(bucket, sealed));
      ({ bucket } = rollUp(bucket, sealed, newTo(bucket, group.hits), agents));
      states.set(name, { bucket, sealed });
    }
  };
}

async function counted(name: string, traffic: Traffic, budget: number): Promise<void> {
  const batches = [...batchesOf(traffic)];
  const hits = (traffic.batches - WARM_BATCHES) * traffic.hitsABatch;
  const ordered = batches.map(inStreamOrder);
  const pure = hits / (await cpuOf(ordered, rules()));
  const counter = storedHitCounter(memoryBucketStore());
  const whole = hits / (await cpuOf(batches, (batch) => counter.count(SHARD, batch)));
  const figure = (value: number): string => Math.round(value).toLocaleString("en");
  const over = pure < budget;
  console.log(
    `  ${name.padEnd(52)} ${figure(pure).padStart(9)} (budget ${figure(budget)}), ${figure(whole)} with retries told apart and stores in memory${over ? "  UNDER" : ""}`,
  );
  if (over) process.exitCode = 1;
}

export async function rollup(): Promise<void> {
  console.log(`rollup, one shard: write units a hit, the stream's images included, seed ${SEED}`);
  for (const [name, traffic, budget] of WRITES) await written(name, traffic, budget);
  console.log(`rollup: hits a second on one core, ${WARM_BATCHES} batches to warm up`);
  for (const [name, traffic, budget] of SPEEDS) await counted(name, traffic, budget);
}

if (import.meta.main) await rollup();
