import type { BucketCounts } from "#shared/domain/tracking/bucket";
import { countsOf } from "#shared/domain/tracking/rollup";
import type { HitCounts } from "#shared/ports/tracking";
import type { BucketStore } from "#shared/table/bucket-store";

/** Reads what was counted in a store of buckets. */
export const storedHitCounts = (store: BucketStore): HitCounts => ({
  campaignsOf: (day) => store.campaignsOf(day),
  ofCampaign: async (campaignId, from, to) => {
    const days = await store.shards(from, to);
    const shards = [...new Set(days.map(({ shard }) => shard))];
    const counts = await Promise.all(shards.map((shard) => countsOfShard(store, { campaignId, shard, from, to })));
    return counts.flat();
  },
});

async function countsOfShard(
  store: BucketStore,
  range: Parameters<BucketStore["buckets"]>[0],
): Promise<readonly BucketCounts[]> {
  // Totals after buckets: what is sealed in between is then in them, and known to be (`countsOf`).
  const buckets = await store.buckets(range);
  const sealedDays = buckets.filter(({ sealed }) => sealed !== "").map(({ day }) => day);
  const totals = sealedDays.length > 0 ? await store.totals(range) : [];
  const byDay = Map.groupBy(totals, ({ day }) => day);
  return buckets.map((bucket) => countsOf(bucket, byDay.get(bucket.day) ?? []));
}
