import type { Bucket, BucketKey, Segment, TotalsPart } from "#shared/domain/tracking/bucket";
import type { BucketRange, BucketStore, Saved, ShardDay } from "#shared/table/bucket-store";

const nameOf = ({ campaignId, day, shard }: BucketKey): string => JSON.stringify([campaignId, day, shard]);

/** Bytes can be written to, whatever the type says; the rest is read-only. */
const copyOfBucket = (bucket: Bucket): Bucket => ({ ...bucket, recent: bucket.recent.slice() });
const copyOfSegment = (segment: Segment): Segment => ({ ...segment, visitors: segment.visitors.slice() });
const copyOfTotals = (part: TotalsPart): TotalsPart => ({ ...part, counts: part.counts.slice() });

interface Slice {
  readonly firsts: Set<string>;
  readonly retries: Set<string>;
}

const isIn = ({ campaignId, shard, from, to }: BucketRange, of: BucketKey): boolean =>
  of.campaignId === campaignId && of.shard === shard && of.day >= from && of.day <= to;

/** Buckets in memory, for tests. One suite holds it to what DynamoDB does. */
export function memoryBucketStore(): BucketStore {
  const buckets = new Map<string, Bucket>();
  const segments = new Map<string, Map<string, Segment>>();
  const totals = new Map<string, TotalsPart>();
  const shards = new Map<string, ShardDay>();
  const slices = new Map<string, Slice>();
  const counted = new Set<string>();
  return {
    load: (keys) => Promise.resolve(keys.flatMap((key) => buckets.get(nameOf(key)) ?? []).map(copyOfBucket)),
    save: (bucket, previousSequence, retriedHitIds) => {
      const name = nameOf(bucket);
      const isStale = (buckets.get(name)?.sequence ?? "") !== previousSequence;
      if (isStale || retriedHitIds.some((id) => counted.has(id))) return Promise.resolve<Saved>("stale");
      buckets.set(name, copyOfBucket(bucket));
      for (const id of retriedHitIds) counted.add(id);
      return Promise.resolve<Saved>("saved");
    },
    keepSegment: (segment) => {
      const own = segments.get(nameOf(segment)) ?? new Map<string, Segment>();
      segments.set(nameOf(segment), own);
      if (!own.has(segment.sequence)) own.set(segment.sequence, copyOfSegment(segment));
      return Promise.resolve();
    },
    segments: (bucket, after, upTo) =>
      Promise.resolve(
        [...(segments.get(nameOf(bucket))?.values() ?? [])]
          .filter(({ sequence }) => sequence > after && sequence <= upTo)
          .map(copyOfSegment),
      ),
    saveTotals: (part, previousSequence) => {
      const name = `${nameOf(part)} ${part.part}`;
      if ((totals.get(name)?.sequence ?? "") !== previousSequence) return Promise.resolve<Saved>("stale");
      totals.set(name, copyOfTotals(part));
      return Promise.resolve<Saved>("saved");
    },
    totals: (range) => Promise.resolve([...totals.values()].filter((part) => isIn(range, part)).map(copyOfTotals)),
    buckets: (range) =>
      Promise.resolve([...buckets.values()].filter((bucket) => isIn(range, bucket)).map(copyOfBucket)),
    ofDay: (day) => Promise.resolve([...buckets.values()].filter((bucket) => bucket.day === day).map(copyOfBucket)),
    noteShard: ({ day, shard }) => Promise.resolve(void shards.set(`${day} ${shard}`, { day, shard })),
    shards: (from, to) => Promise.resolve([...shards.values()].filter(({ day }) => day >= from && day <= to)),
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
  };
}
