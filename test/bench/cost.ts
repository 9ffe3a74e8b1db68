/**
 * What a million clicks cost on AWS at several volumes, from what was measured here: bytes of a hit, of its place in the archive
 * and of its line in the edge's log, CPU of the click handler and of the rollup, write units by the own meter. `node
 * test/bench/cost.ts`. Prices are us-east-1's list prices without free tiers; what AWS alone can show is a platform term, and
 * said to be one.
 */
import { createHash, randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { EDGE_LOG_FIELDS } from "#infra/constructs/edge-logs";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { redirectVisitor, rollUpClicks } from "#shared/contracts/tracking";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { itemSize, writeUnits } from "../support/item-size.ts";
import { metered, newMeter, unitsAHit } from "../support/metered-buckets.ts";
import { devices } from "#shared/domain/tracking/device";
import { MOST_HOSTS } from "#shared/domain/tracking/referrers";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { bundle } from "#infra/build/bundle";
import { callCost } from "./click-cpu.ts";
import { randomOf } from "../support/random.ts";
import { batchesOf, SEED, SHARD, type Traffic } from "./traffic.ts";

/** Dollars. Sources: the pricing pages of each service for us-east-1, November 2026. */
const price = {
  httpsRequest: 1.0 / 1e6,
  egressGb: 0.085,
  edgeFunction: 0.1 / 1e6,
  firewallRequest: 0.6 / 1e6,
  firewallMonth: 6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64 */
  gbSecond: 1.33334e-5,
  shardHour: 0.015,
  /** Besides, for what is kept longer than a day, a week at most. */
  keepingShardHour: 0.02,
  /** For each 25 kB begun. */
  putUnit: 0.014 / 1e6,
  /** Each record is 5 kB to it, at least. */
  firehoseGb: 0.029,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  s3GbMonth: 0.023,
  s3RareGbMonth: 0.0125,
  s3Put: 0.005 / 1e3,
  logGb: 0.5,
};
/** What only AWS can show. Sources: research on latencies of PutRecord and of writes; stated, not measured. */
const platform = { putMs: 5, writeMs: 5, replyBytes: 500, linesOfACall: 700 };

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GB = 1024 ** 3;
const MILLION = 1e6;
/** Memory that has one core. Source: Lambda developer guide, "Configure Lambda function memory". */
const MB_OF_A_CORE = 1769;
const MOST_A_BATCH = 10_000;
const WINDOW_SECONDS = 10;
const PEAK = 5;
const SHARD_TAKES = 1_000;
const FIREHOSE_LEAST_BYTES = 5 * 1024;
const DELIVERIES_A_DAY = 288;
const DAYS_A_MONTH = 365 / 12;
const DAY_SECONDS = 86_400;
/** Of a campaign, each with a link of their own. */
const CREATORS = 4;

interface Volume {
  readonly clicksADay: number;
  readonly campaigns: number;
  readonly budget?: number;
}

/** Budgets: docs/decisions.md. */
const VOLUMES: readonly Volume[] = [
  { clicksADay: 100_000, campaigns: 500, budget: 3 },
  { clicksADay: 1_000_000, campaigns: 500 },
  { clicksADay: 10_000_000, campaigns: 500, budget: 1.5 },
  { clicksADay: 100_000_000, campaigns: 2_000 },
];

const shardsOf = ({ clicksADay }: Volume): number =>
  Math.max(1, Math.ceil((clicksADay / DAY_SECONDS) * (PEAK / SHARD_TAKES)));

/** A shard's part of a day, as its consumer is handed it. */
function trafficOf(volume: Volume): Traffic {
  const hitsASecond = volume.clicksADay / DAY_SECONDS / shardsOf(volume);
  const hitsABatch = Math.min(MOST_A_BATCH, Math.max(1, Math.round(hitsASecond * WINDOW_SECONDS)));
  return {
    batches: Math.max(10, Math.ceil(20_000 / hitsABatch)),
    hitsABatch,
    hitsASecond,
    visitors: Math.ceil(volume.clicksADay / 4 / shardsOf(volume)),
    links: volume.campaigns * CREATORS,
    campaigns: volume.campaigns,
    spread: "zipf",
  };
}

/** Units and CPU of a hit, by the rollup that runs on AWS, over a store that is metered. */
async function rolledUp(traffic: Traffic) {
  const meter = newMeter();
  const counter = storedHitCounter(metered(memoryBucketStore(), meter));
  let hits = 0;
  let micros = 0;
  for (const batch of batchesOf(traffic)) {
    const before = process.cpuUsage();
    const { failures } = await counter.count(SHARD, batch);
    if (failures.length > 0) throw failures[0]?.error;
    const { user, system } = process.cpuUsage(before);
    micros += user + system;
    hits += batch.length;
  }
  return { units: unitsAHit(meter, hits).billed, writes: meter.writes / hits, cpuMs: micros / 1_000 / hits };
}

/** Bytes as the click path and the edge write them: a hit's record, and what is kept of it and of its request, compressed. */
function bytesOfAHit() {
  const [batch = []] = batchesOf({
    ...trafficOf({ clicksADay: 10_000_000, campaigns: 500 }),
    hitsABatch: MOST_A_BATCH,
  });
  // As random as they are there: what is counted up would pack to nothing.
  const chance = randomOf(SEED);
  const drawn = (digits: string, count: number): string =>
    Array.from({ length: count }, () => digits[Math.floor(chance() * digits.length)]).join("");
  const lines = batch.map(({ hit }) =>
    JSON.stringify({
      ...hit,
      id: `${hit.id.slice(0, 14)}${drawn(CROCKFORD, 16)}`,
      visitor: drawn("0123456789abcdef", 16),
      referrerHost: "www.instagram.com",
    }),
  );
  const record = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) / lines.length;
  const logged = batch.map(({ hit }) =>
    JSON.stringify(Object.fromEntries(EDGE_LOG_FIELDS.map((field) => [field, exampleOf(field, hit)]))),
  );
  const packed = (texts: readonly string[]): number => gzipSync(texts.join("\n")).length / texts.length;
  return { record, archived: packed(lines), edgeLine: packed(logged) };
}

/** Values of the widths that CloudFront's documentation shows. */
function exampleOf(
  field: (typeof EDGE_LOG_FIELDS)[number],
  { code, at, id }: { code: string; at: number; id: string },
) {
  const when = new Date(at).toISOString();
  const known: Readonly<Partial<Record<typeof field, string>>> = {
    date: when.slice(0, 10),
    time: when.slice(11, 19),
    "x-edge-location": "FRA56-P2",
    "x-edge-request-id": createHash("sha384").update(id).digest("base64"),
    "x-host-header": "links.example.com",
    "cs-method": "GET",
    "cs-uri-stem": `/t/${code}`,
    "cs-protocol": "https",
    "cs-protocol-version": "HTTP/2.0",
    "ssl-protocol": "TLSv1.3",
    "sc-status": "302",
    "sc-bytes": String(400 + (at % 90)),
  };
  return known[field] ?? `0.0${at % 97}`;
}

/** What the closing writes of a creator's day, as large as it gets: every hour and device, many countries, all hosts that are told apart. */
function creatorDayUnits(): number {
  const times = (count: number, nameOf: (at: number) => string) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [nameOf(at), 1_000]));
  const visits = {
    hour: times(24, String),
    country: times(40, (at) => `C${String.fromCharCode(65 + at)}`),
    device: times(devices.length, (at) => devices[at] ?? ""),
    referrer: times(MOST_HOSTS, (at) => `referrer-${at}.example.com`),
  };
  const day = { campaignId: `cmp_${"0".repeat(26)}`, creatorId: randomUUID(), day: "2026-03-01", visits };
  return writeUnits(itemSize(storedItem(items.creatorVisits, day)));
}

/** Dollars of each part for a million clicks. */
async function costOf(volume: Volume, bytes: ReturnType<typeof bytesOfAHit>, clickMs: number) {
  const traffic = trafficOf(volume);
  const { units, writes, cpuMs } = await rolledUp(traffic);
  /** Of what is paid by the day, a million clicks' share. */
  const share = (dollarsADay: number): number => (dollarsADay * MILLION) / volume.clicksADay;
  const gigabytes = (bytesAClick: number): number => (bytesAClick * MILLION) / GB;
  const seconds = (memoryMb: number, ms: number): number => (memoryMb / 1024) * (ms / 1_000) * price.gbSecond;
  const clickMb = redirectVisitor.runs?.memoryMb ?? 0;
  const rollupMb = rollUpClicks.runs?.memoryMb ?? 0;
  const calls = MILLION / traffic.hitsABatch;
  const rollupMs = cpuMs * (MB_OF_A_CORE / rollupMb) + (writes * platform.writeMs) / 10;
  return {
    CloudFront: MILLION * (price.httpsRequest + price.edgeFunction) + gigabytes(platform.replyBytes) * price.egressGb,
    firewall: MILLION * price.firewallRequest + share(price.firewallMonth / DAYS_A_MONTH),
    "click Lambda":
      MILLION * (price.lambdaRequest + seconds(clickMb, clickMs * (MB_OF_A_CORE / clickMb) + platform.putMs)),
    stream: share(shardsOf(volume) * 24 * (price.shardHour + price.keepingShardHour)) + MILLION * price.putUnit,
    "rollup Lambda": calls * price.lambdaRequest + MILLION * seconds(rollupMb, rollupMs),
    "rollup table": MILLION * (units * price.writeUnit + writes * price.readUnit),
    "creators' days": share(volume.campaigns * CREATORS * creatorDayUnits() * price.writeUnit),
    archive:
      gigabytes(Math.max(bytes.record, FIREHOSE_LEAST_BYTES)) * price.firehoseGb +
      gigabytes(bytes.archived) * (price.s3GbMonth + price.s3RareGbMonth * (370 / DAYS_A_MONTH)) +
      share(DELIVERIES_A_DAY * price.s3Put),
    logs: ((calls * platform.linesOfACall) / GB) * price.logGb + gigabytes(bytes.edgeLine) * price.s3GbMonth,
  };
}

export async function cost(): Promise<void> {
  const bytes = bytesOfAHit();
  await bundle();
  const clickMs = callCost(20_000, "signed") / 1_000;
  console.log(
    `cost of a million clicks, dollars; measured: a hit ${bytes.record.toFixed(0)} B, archived ${bytes.archived.toFixed(0)} B, ` +
      `its edge log line ${bytes.edgeLine.toFixed(0)} B (both compressed), a click's CPU ${(clickMs * 1_000).toFixed(0)} µs`,
  );
  for (const volume of VOLUMES) {
    const parts = await costOf(volume, bytes, clickMs);
    const total = Object.values(parts).reduce((sum, part) => sum + part, 0);
    const named = Object.entries(parts).map(([name, part]) => `${name} ${part.toFixed(3)}`);
    const over = volume.budget !== undefined && total > volume.budget;
    const budget = volume.budget === undefined ? "" : ` (budget ${volume.budget.toFixed(2)})${over ? "  OVER" : ""}`;
    console.log(
      `  ${volume.clicksADay.toLocaleString("en").padStart(11)} a day, ${volume.campaigns} campaigns, ${shardsOf(volume)} shards: ` +
        `${total.toFixed(2)}${budget}\n    ${named.join(", ")}`,
    );
    if (over) process.exitCode = 1;
  }
}

if (import.meta.main) await cost();
