import type { Bucket, BucketKey } from "#shared/domain/tracking/bucket";
import type { BucketStore } from "#shared/table/bucket-store";

const nameOf = ({ campaignId, day, shard, bucket }: BucketKey): string =>
  JSON.stringify([campaignId, day, shard, bucket]);

/** Bytes can be written to, whatever the type says; the rest of a bucket is read-only. */
const copy = (bucket: Bucket): Bucket => ({ ...bucket, visitors: bucket.visitors.slice() });

interface Slice {
  readonly firsts: Set<string>;
  readonly retries: Set<string>;
}

/** Buckets in memory, for tests. One suite holds it to what DynamoDB does. */
export function memoryBucketStore(): BucketStore {
  const buckets = new Map<string, Bucket>();
  const slices = new Map<string, Slice>();
  const counted = new Set<string>();
  return {
    load: (keys) => Promise.resolve(keys.flatMap((key) => buckets.get(nameOf(key)) ?? []).map(copy)),
    save: (bucket, previousSequence, retriedHitIds) => {
      const name = nameOf(bucket);
      const isStale = (buckets.get(name)?.sequence ?? "") !== previousSequence;
      if (isStale || retriedHitIds.some((id) => counted.has(id))) return Promise.resolve("stale");
      buckets.set(name, copy(bucket));
      for (const id of retriedHitIds) counted.add(id);
      return Promise.resolve("saved");
    },
    noteHits: ({ shard, slice }, { firsts, retries }) => {
      const name = JSON.stringify([shard, slice]);
      const known = slices.get(name);
      const union: Slice = {
        firsts: new Set([...(known?.firsts ?? []), ...firsts]),
        retries: new Set([...(known?.retries ?? []), ...retries]),
      };
      slices.set(name, union);
      return Promise.resolve(union);
    },
    countedRetries: (hitIds) => Promise.resolve(new Set(hitIds.filter((id) => counted.has(id)))),
    ofCampaign: (campaignId, from, to) =>
      Promise.resolve(
        [...buckets.values()]
          .filter((bucket) => bucket.campaignId === campaignId && bucket.day >= from && bucket.day <= to)
          .map(({ visitors: _visitors, ...counts }) => counts),
      ),
  };
}
