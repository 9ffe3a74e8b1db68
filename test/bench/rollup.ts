/**
 * What counting a hit costs: write units by an own meter (sizes as DynamoDB counts them, and a unit for each kilobyte of image
 * in the table's stream), and hits a second on one core, of batches that lie in memory: grouping, counting, sealing and spelling
 * what is stored; without parsing, and without a table. Part of `npm run bench`, and by itself:
 * `node test/bench/rollup.ts`.
 */
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { type Bucket, emptyBucket, isFull } from "#shared/domain/tracking/bucket";
import { bucketName, hitsByBucket } from "#shared/domain/tracking/bucket-hits";
import { agentClassifier } from "#shared/domain/tracking/classification";
import { type Hit, utcDay } from "#shared/domain/tracking/hit";
import { type HitRecord, inStreamOrder } from "#shared/domain/tracking/hit-records";
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
import { randomOf } from "../support/random.ts";
import { FIREFOX } from "../support/tracking.ts";

const SHARD = "shardId-000000000003";
const START = Date.parse("2026-03-01T06:00:00.000Z");
const SEED = 1;

interface Traffic {
  readonly batches: number;
  readonly hitsABatch: number;
  readonly hitsASecond: number;
  readonly visitors: number;
  readonly links: number;
  readonly campaigns: number;
  /** How often a link is followed: by its rank (1, 1/2, 1/3, …), all alike, or each once before any twice. */
  readonly spread: "zipf" | "even" | "in turn";
}

const parsed = (hit: Hit): Hit => JSON.parse(JSON.stringify(hit)) as Hit;
const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(digits, "0");
const id = (prefix: string, number: number): string => `${prefix}${String(number).padStart(26, "0")}`;
const creator = (number: number): string => `3f2b8c1a-0000-4000-8000-${String(number).padStart(12, "0")}`;

function linkPicker({ links, spread }: Traffic, chance: () => number): (hit: number) => number {
  if (spread === "in turn") return (hit) => hit % links;
  if (spread === "even") return () => Math.floor(chance() * links);
  const weights = Array.from({ length: links }, (_, rank) => 1 / (rank + 1));
  let sum = 0;
  const upTo = weights.map((weight) => (sum += weight));
  return () => {
    const drawn = chance() * sum;
    let [low, high] = [0, links - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) < drawn) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Batches of one shard, as the stream hands them over. */
function* batchesOf(traffic: Traffic): Generator<readonly HitRecord[]> {
  const chance = randomOf(SEED);
  const pick = linkPicker(traffic, chance);
  for (let batch = 0; batch < traffic.batches; batch += 1) {
    yield Array.from({ length: traffic.hitsABatch }, (_, place) => {
      const number = batch * traffic.hitsABatch + place;
      const link = pick(number);
      const at = START + Math.floor((number * 1_000) / traffic.hitsASecond);
      const who = Math.floor(chance() * traffic.visitors);
      const hit = {
        id: id("hit_", number),
        code: `bench${String(link).padStart(5, "0")}`,
        campaignId: id("cmp_", link % traffic.campaigns),
        creatorId: creator(link),
        at,
        day: utcDay(at),
        visitor: hex(Math.imul(who, 0x9e3779b1), 8) + hex(who, 8),
        agent: FIREFOX,
        method: "GET" as const,
      };
      // As a parsed record is: texts put together of parts are slower to look up.
      return { sequenceNumber: `496${String(number).padStart(53, "0")}`, hit: parsed(hit) };
    });
  }
}

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
    const classOf = agentClassifier();
    for (const group of hitsByBucket(SHARD, hits)) {
      const name = bucketName(group);
      let { bucket, sealed } = states.get(name) ?? { bucket: emptyBucket(group), sealed: nothingSealed() };
      if (isFull(bucket)) ({ bucket, sealed } = sealBucket(bucket, sealed));
      ({ bucket } = rollUp(bucket, sealed, newTo(bucket, group.hits), classOf));
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
