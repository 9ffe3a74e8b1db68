/**
 * How the cost of counting a hit grows with what there is: with links, with clicks and with shards. Write units by our own meter
 * follow from the seed alone; CPU is this machine's. A slope is that of the curve where both axes are logarithms: 0 is a cost that
 * does not grow, 1 one that grows as much as what it depends on. Some 50 s of computing, so by itself: `node test/bench/growth.ts`.
 */
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { metered, newMeter, unitsAHit } from "../support/metered-buckets.ts";
import { batchesOf, SEED, SHARD, type Traffic } from "./traffic.ts";

const TYPICAL: Traffic = {
  batches: 10,
  hitsABatch: 10_000,
  hitsASecond: 1_000,
  visitors: 375_000,
  links: 2_000,
  campaigns: 1,
  spread: "zipf",
};

/** What grows, and the traffic at each of its sizes. */
const CURVES: readonly (readonly [string, readonly number[], (size: number) => Traffic])[] = [
  ["links of a campaign", [1_000, 10_000, 100_000, 1_000_000], (links) => ({ ...TYPICAL, links })],
  ["clicks of a day, in units of 20,000", [1, 10, 100], (times) => ({ ...TYPICAL, batches: 2 * times })],
  [
    // Of the same clicks each shard has its share, and so have its batches.
    "shards",
    [1, 2, 4, 8, 16, 32],
    (shards) => ({
      ...TYPICAL,
      hitsABatch: Math.round(TYPICAL.hitsABatch / shards),
      hitsASecond: TYPICAL.hitsASecond / shards,
      visitors: Math.round(TYPICAL.visitors / shards),
    }),
  ],
];

interface Cost {
  readonly units: number;
  readonly micros: number;
}

/** Of one hit: write units, the stream's images included, and CPU with the stores in memory. */
async function costOf(traffic: Traffic): Promise<Cost> {
  const meter = newMeter();
  const counter = storedHitCounter(metered(memoryBucketStore(), meter));
  let [hits, micros] = [0, 0];
  for (const batch of batchesOf(traffic)) {
    const before = process.cpuUsage();
    const { failures } = await counter.count(SHARD, batch);
    const { user, system } = process.cpuUsage(before);
    if (failures.length > 0) throw failures[0]?.error;
    hits += batch.length;
    micros += user + system;
  }
  return { units: unitsAHit(meter, hits).withImages, micros: micros / hits };
}

/** By least squares, of the logarithms. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (axis: 0 | 1): number => logs.reduce((sum, point) => sum + point[axis], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const over = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return over / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

async function growth(): Promise<void> {
  console.log(`growth: what a hit costs, seed ${SEED}`);
  for (const [name, sizes, trafficAt] of CURVES) {
    const costs: Cost[] = [];
    for (const size of sizes) costs.push(await costOf(trafficAt(size)));
    const slope = (of: (cost: Cost) => number): string =>
      slopeOf(sizes.map((size, at) => [size, of(costs[at] ?? { units: 0, micros: 0 })])).toFixed(2);
    const shown = costs.map(({ units, micros }) => `${units.toFixed(3)} (${micros.toFixed(1)} µs)`);
    console.log(`  ${name}: ${sizes.map((size) => size.toLocaleString("en")).join(", ")}`);
    console.log(`    write units (CPU): ${shown.join(", ")}`);
    console.log(`    slope: ${slope(({ units }) => units)} (${slope(({ micros }) => micros)})`);
  }
}

await growth();
