/**
 * Nights of closings beside a rollup that goes on, each of them dying at any write: nothing that is shown was ever invented, nothing
 * that shards counted is hidden, and once everything is archived, a night that lives comes to what a count of the hits comes to.
 */
import { expect, test } from "@jest/globals";
import { handler as closeTrackingDay } from "#lambdas/tracking/close-tracking-day";
import { memoryBucketStore } from "#shared/adapters/memory/bucket-store";
import { memoryClickArchive } from "#shared/adapters/memory/click-archive";
import { visitsPendingOn } from "#shared/domain/tracking/creator-visits";
import type { Hit } from "#shared/domain/tracking/hit";
import { restatedIn, totalsShardOf } from "#shared/domain/tracking/restatement";
import { summarise, visitsByValue } from "#shared/domain/tracking/summary";
import type { BucketStore } from "#shared/table/bucket-store";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { loggedLines } from "../support/gateway.ts";
import { ranJob } from "../support/ran-job.ts";
import { randomOf } from "../support/random.ts";
import { testStage } from "../support/stage.ts";
import { aHit, code, DAY, exactly, inSequence, sumOf, visitor } from "../support/tracking.ts";

const NIGHTS = 6;
const SEEDS = 40;
/** What came in the minutes before a closing, and is delivered after it, bears the hour of its coming. */
const HOURS = ["01", "02", "15", "23"];
const CAMPAIGN = "cmp_1";
const CREATORS = ["creator-0", "creator-1"];
const told = { nights: 0, died: 0, restated: 0, batches: 0 };

/** A store that dies at one of its writes, and from then on. */
function mortal(store: BucketStore, table: ReturnType<typeof testStage>["table"]) {
  let left = Infinity;
  const dying =
    <A extends readonly unknown[], R>(write: (...given: A) => Promise<R>) =>
    (...given: A): Promise<R> =>
      (left -= 1) < 0 ? Promise.reject(new Error("the process died")) : write(...given);
  const { saveTotals, save, noteShard } = store;
  const [write, transact] = [table.write.bind(table), table.transact.bind(table)];
  return {
    store: { ...store, saveTotals: dying(saveTotals), save: dying(save), noteShard: dying(noteShard) },
    table: { ...table, write: dying(write), transact: dying(transact) },
    after: (writes: number) => void (left = writes),
  };
}

async function history(seed: number): Promise<void> {
  const random = randomOf(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const [stage, store, archive] = [testStage(), memoryBucketStore(), memoryClickArchive()];
  const life = mortal(store, stage.table);
  const [counter, counts] = [storedHitCounter(store), storedHitCounts(store)];
  const hits = Array.from({ length: 60 + below(300) }, (_, number): Hit => {
    const link = below(4);
    return aHit(number, {
      ...{ visitor: visitor(below(12)), code: code(link), creatorId: CREATORS[link % 2] ?? "", country: "DE" },
      at: Date.parse(DAY) + below(86_400_000),
      ...(below(9) === 0 && { agent: "curl/8" }),
      ...(below(25) === 0 && { kind: below(2) === 0 ? "view" : "own" }),
    });
  });
  // Each is archived some night, and counted some night by one of two shards, or never.
  const archivedOn = hits.map(() => (below(4) === 0 ? below(NIGHTS) : 0));
  const countedOn = hits.map(() => (below(6) === 0 ? NIGHTS : below(4) === 0 ? below(NIGHTS) : 0));
  const shardOf = ({ visitor: who }: Hit): string => `shard-${Number.parseInt(who.slice(-1), 16) % 2}`;
  const known: Hit[] = [];
  let sequence = 1;

  const shown = async () => summarise(await counts.ofCampaign(CAMPAIGN, DAY, DAY));
  const live = async () => {
    const buckets = await Promise.all(
      ["shard-0", "shard-1"].map((shard) => store.buckets({ campaignId: CAMPAIGN, shard, from: DAY, to: DAY })),
    );
    return buckets.flat().length === 0 ? 0 : sumOf(summarise(await liveCounts()));
  };
  const liveCounts = async () =>
    storedHitCounts({ ...store, shards: async (from, to) => (await store.shards(from, to)).filter(isLive) }).ofCampaign(
      ...([CAMPAIGN, DAY, DAY] as const),
    );
  const isLive = ({ shard }: { readonly shard: string }): boolean => shard.startsWith("shard");

  async function hold(): Promise<void> {
    const total = sumOf(await shown());
    expect(total).toBeLessThanOrEqual(known.filter(({ kind }) => kind === undefined).length);
    expect(total).toBeGreaterThanOrEqual(await live());
    const range = { campaignId: CAMPAIGN, from: DAY, to: DAY };
    const last = restatedIn(await store.buckets({ ...range, shard: "restated" }));
    if (last === undefined) return;
    const parts = await store.totals({ ...range, shard: totalsShardOf(last) });
    expect(parts.filter(({ expiresAtSeconds }) => expiresAtSeconds !== undefined)).toEqual([]);
    expect(parts.length).toBeGreaterThan(0);
  }

  async function night(number: number): Promise<void> {
    stage.clock.now = new Date(Date.parse(DAY) + (number + 1) * 86_400_000 + 7_200_000).toISOString();
    const adapters = { clickArchive: () => archive, hitCounts: () => storedHitCounts(life.store) };
    const run = await ranJob(stage, closeTrackingDay, { adapters, table: life.table }).catch(() => undefined);
    told.nights += 1;
    told.restated += run?.counts["restated"] ?? 0;
    if (run?.outcome !== "succeeded") told.died += 1;
  }

  for (let number = 0; number < NIGHTS; number += 1) {
    const come = hits.filter((_, at) => archivedOn[at] === number);
    archive.put(number === 0 ? `${DAY}T05` : `2026-03-0${number + 1}T${HOURS[below(HOURS.length)]}`, come);
    known.push(...come, ...hits.filter((hit, at) => countedOn[at] === number && !known.includes(hit)));
    const batch = hits.filter((_, at) => countedOn[at] === number);
    for (const [shard, ofShard] of Map.groupBy(batch, shardOf)) {
      await counter.count(shard, inSequence(ofShard, sequence));
      sequence += ofShard.length;
      told.batches += 1;
    }
    await hold();
    life.after(below(3) === 0 ? Infinity : below(30));
    await night(number);
    life.after(Infinity);
    await hold();
  }
  // Whatever died is made up for.
  for (let extra = 0; extra < 3; extra += 1) {
    await night(NIGHTS + extra);
    await hold();
  }
  const { rulesVersion: _version, ...figures } = await shown();
  expect(figures).toEqual(exactly(hits));
  const buckets = await counts.ofCampaign(CAMPAIGN, DAY, DAY);
  for (const creatorId of CREATORS) {
    const visits = await stage.ports.creatorVisits.ofSlice(CAMPAIGN, creatorId, DAY, DAY);
    expect(visitsPendingOn(visits, buckets, creatorId)).toEqual([]);
    expect(visitsByValue(visits)).toEqual(exactly(hits.filter((hit) => hit.creatorId === creatorId)).visits);
  }
}

test("closings that die anywhere, beside a rollup that goes on, come to what the hits are", async () => {
  loggedLines();
  for (let seed = 1; seed <= SEEDS; seed += 1)
    await history(seed).catch((cause: unknown) => {
      throw new Error(`seed ${seed}`, { cause });
    });
  console.log(`${SEEDS} histories: ${JSON.stringify(told)}`);
}, 120_000);
