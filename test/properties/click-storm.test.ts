/** A day of clicks, counted exactly: as large as `EVENTS` says, a million with `npm run test:storm -- --only clicks`. */
import { afterAll, expect, test } from "@jest/globals";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import type { StreamRecord } from "#shared/domain/kernel/stream-record";
import type { Hit } from "#shared/domain/tracking/hit";
import { hitsByShard } from "#shared/domain/tracking/hit-records";
import { verdictOn } from "#shared/domain/tracking/close-day";
import { Recount } from "#shared/domain/tracking/recount";
import { summarise } from "#shared/domain/tracking/summary";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { gated } from "#test/support/gated-buckets";
import { randomOf } from "#test/support/random";
import { aHit, code, DAY, exactly, sumOf } from "#test/support/tracking";

const EVENTS = Number(process.env["EVENTS"] ?? 10_000);
const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
/** Of CPU, for counting a million. */
const MOST_SECONDS = 60;
const told = { seed, events: 0, doubled: 0, poison: 0, deliveries: 0, failed: 0, crashes: 0, seconds: 0 };
afterAll(() => void process.stdout.write(`a day of clicks: ${JSON.stringify(told)}\n`));

const next = randomOf(seed);
const random = (below: number): number => Math.floor(next() * below);
const COUNTRIES = ["DE", "KE", "US", undefined];

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");
/** As a hash's digits are: spread over all. */
const visitorOf = (number: number): string => hex(Math.imul(number, 0x9e3779b1)) + hex(Math.imul(number, 0x85ebca6b));

const made: readonly Hit[] = Array.from({ length: EVENTS }, (_, number) => {
  const link = random(300);
  return aHit(number, {
    visitor: visitorOf(random(Math.ceil(EVENTS * 0.3))),
    code: code(link),
    creatorId: `creator-${link % 12}`,
    day: random(10) === 0 ? "2026-03-02" : DAY,
    agent: random(8) === 0 ? "curl/8" : aHit(0).agent,
    country: COUNTRIES[random(COUNTRIES.length)],
    referrerHost: random(3) === 0 ? `www.host${random(40)}.example` : undefined,
  });
});

/** What a shard carries: a hit, or what is none. Spelled only when it is delivered. */
type Carried = Hit | "poison";

/** Hits, one in twenty twice, one record in a hundred no hit at all, in four shards, near the order they were made in. */
function shardsOf(hits: readonly Hit[]): readonly (readonly Carried[])[] {
  const doubled = hits.filter(() => random(20) === 0);
  told.doubled += doubled.length;
  const sent = [...hits, ...doubled.map((hit): Hit => ({ ...hit, retried: true }))]
    .map((hit) => ({ hit, rank: Number(hit.id.slice(-8)) + random(400) }))
    .sort((one, other) => one.rank - other.rank);
  const shards: Carried[][] = [[], [], [], []];
  for (const { hit } of sent) {
    const shard = shards[Number.parseInt(hit.visitor.slice(-1), 16) % shards.length];
    shard?.push(hit);
    if (random(100) > 0) continue;
    told.poison += 1;
    shard?.push("poison");
  }
  return shards;
}

const encoder = new TextEncoder();
const recordsOf = (shard: string, carried: readonly Carried[], from: number): readonly StreamRecord[] =>
  carried.map((one, place) => ({
    sequence: String(1_000 + from + place),
    shard,
    payload: encoder.encode(one === "poison" ? "{}" : JSON.stringify(one)),
    delivered: undefined,
  }));

test("is counted exactly, doubled, split, failing and crashing as it may", async () => {
  const shards = shardsOf(made);
  told.events = made.length;
  const store = memoryBucketStore();
  const mayFail = (why: string) => () => {
    if (random(80) === 0) throw new Error(why);
  };
  const flaky = gated(store, mayFail("the store failed"), mayFail("its answer was lost"));
  let unreadable = 0;
  const began = process.cpuUsage();
  for (const [number, carried] of shards.entries()) {
    const shard = `shard-${number}`;
    let counter = storedHitCounter(flaky);
    for (let at = 0; at < carried.length;) {
      told.deliveries += 1;
      const records = recordsOf(shard, carried.slice(at, at + 1 + random(Math.max(500, EVENTS / 200))), at);
      const read = hitsByShard(records);
      if (random(10) === 0) {
        told.crashes += 1;
        counter = storedHitCounter(flaky);
      }
      const outcome = await counter.count(shard, read.shards.get(shard) ?? []).catch((): undefined => undefined);
      const failed = new Set(outcome?.failures.map(({ sequenceNumber }) => sequenceNumber));
      const first = outcome === undefined ? 0 : records.findIndex(({ sequence }) => failed.has(sequence));
      told.failed += first === -1 ? 0 : 1;
      const done = first === -1 ? records.length : first;
      unreadable += carried.slice(at, at + done).filter((one) => one === "poison").length;
      at += done;
      if (first === -1) expect(read.unreadable).toBe(records.length - hitsIn(read.shards));
    }
  }
  const { user, system } = process.cpuUsage(began);
  told.seconds = (user + system) / 1e6;
  expect(unreadable).toBe(told.poison);
  const counts = storedHitCounts(store);
  const { rulesVersion: _version, ...summary } = summarise(await counts.ofCampaign("cmp_1", DAY, "2026-03-02"));
  expect(summary).toEqual(exactly(made));
  for (const day of [DAY, "2026-03-02"])
    expect(verdictOn(recountOf(day).of("cmp_1"), await counts.ofCampaign("cmp_1", day, day))).toEqual({ is: "agrees" });
  expect(sumOf(summary)).toBe(EVENTS);
  expect(told.seconds).toBeLessThan(MOST_SECONDS);
}, 600_000);

/** What the archive of all of them comes to, in another order. */
function recountOf(day: string): Recount {
  const recount = new Recount(day);
  for (let end = made.length; end > 0; end -= ARCHIVED_AT_ONCE)
    recount.add(
      made
        .slice(Math.max(0, end - ARCHIVED_AT_ONCE), end)
        .map((hit) => `${JSON.stringify(hit)}\n`)
        .join(""),
      `${DAY}T05`,
    );
  return recount;
}
const ARCHIVED_AT_ONCE = 9_000;

const hitsIn = (shards: ReturnType<typeof hitsByShard>["shards"]): number =>
  [...shards.values()].reduce((sum, hits) => sum + hits.length, 0);
