import { OwnError } from "#shared/domain/kernel/own-error";
import { known } from "#shared/domain/kernel/refusal";
import type { Bucket, BucketCounts } from "#shared/domain/tracking/bucket";
import {
  coveredBy,
  isOverridden,
  replacedBy,
  RESTATED,
  restatedIn,
  standing,
  totalsShardOf,
} from "#shared/domain/tracking/restatement";
import { countsOf } from "#shared/domain/tracking/rollup";
import type { HitCounts } from "#shared/ports/tracking";
import type { BucketStore } from "#shared/table/bucket-store";

/** Reads what was counted in a store of buckets, and restates it. */
export const storedHitCounts = (store: BucketStore): HitCounts => ({
  campaignsOf: async (day) => [...new Set((await store.ofDay(day)).map(({ campaignId }) => campaignId))],
  countedDays: async (from, to) => [...new Set((await store.shards(from, to)).map(({ day }) => day))],
  overridden: async (from, to) => {
    const days: string[] = [];
    for (const { day, shard } of await store.shards(from, to))
      if (shard === RESTATED && isOverridden(await store.ofDay(day))) days.push(day);
    return days;
  },
  ofCampaign: async (campaignId, from, to) => counted(store, standing(await buckets(store, campaignId, from, to))),
  ofDay: async (campaignId, day) => {
    const all = await buckets(store, campaignId, day, day);
    const shown = await counted(store, standing(all));
    return {
      ...{ shown, covered: coveredBy(all), restated: restatedIn(all)?.sequence ?? "" },
      isOverridden: isOverridden(all),
    };
  },
  restate: async ({ bucket, totals, previous }) => {
    // Before the bucket that refers to them. One that broke off may have left some of the same name: they are replaced.
    for (const part of totals)
      if ((await store.saveTotals(part, "")) === "stale") await store.saveTotals(part, part.sequence);
    await store.noteShard({ day: bucket.day, shard: RESTATED });
    await saveRestated(store, bucket, previous);
  },
  yieldTo: async ({ campaignId, day, counted: { covered, restated } }) => {
    const [bucket] = await store.load([{ campaignId, day, shard: RESTATED }]);
    await saveRestated(store, { ...known(bucket, `restatement of ${day}`), yieldsTo: covered }, restated);
  },
  expireReplaced: async ({ campaignId, day, last }, expiresAtSeconds) => {
    for (const sequence of replacedBy(last)) {
      const shard = totalsShardOf({ shard: RESTATED, sequence });
      const parts = await store.totals({ campaignId, shard, from: day, to: day });
      for (const part of parts)
        if (part.expiresAtSeconds === undefined) await store.saveTotals({ ...part, expiresAtSeconds }, part.sequence);
    }
  },
});

async function saveRestated(store: BucketStore, bucket: Bucket, previous: string): Promise<void> {
  if ((await store.save(bucket, previous, [])) === "saved") return;
  throw new OwnError(`Somebody else restated ${bucket.day} of ${bucket.campaignId} meanwhile.`);
}

async function buckets(store: BucketStore, campaignId: string, from: string, to: string): Promise<readonly Bucket[]> {
  const days = await store.shards(from, to);
  const shards = [...new Set(days.map(({ shard }) => shard))];
  return (await Promise.all(shards.map((shard) => store.buckets({ campaignId, shard, from, to })))).flat();
}

async function counted(store: BucketStore, all: readonly Bucket[]): Promise<readonly BucketCounts[]> {
  const counts = [...Map.groupBy(all, totalsShardOf)].map(async ([shard, ofShard]) => {
    // Totals after buckets: what is sealed in between is then in them, and known to be (`countsOf`).
    const sealed = ofShard
      .filter((bucket) => bucket.sealed !== "")
      .sort((one, other) => (one.day < other.day ? -1 : 1));
    const [first, last] = [sealed[0], sealed.at(-1)];
    const totals =
      first && last ? await store.totals({ campaignId: first.campaignId, shard, from: first.day, to: last.day }) : [];
    const byDay = Map.groupBy(totals, ({ day }) => day);
    return ofShard.map((bucket) => countsOf(bucket, byDay.get(bucket.day) ?? []));
  });
  return (await Promise.all(counts)).flat();
}
