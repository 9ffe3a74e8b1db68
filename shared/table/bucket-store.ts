import type { Bucket, BucketKey, Segment, TotalsPart } from "#shared/domain/tracking/bucket";
import type { HitSlice, NotedHits } from "#shared/domain/tracking/distinct";

/** Retried hits that one save can mark: a transaction takes 100 items, and one of them is the bucket. */
export const MARKS_PER_SAVE = 99;

/** What one shard counted of a campaign between two UTC days (`YYYY-MM-DD`), both included. */
export interface BucketRange {
  readonly campaignId: string;
  readonly shard: string;
  readonly from: string;
  readonly to: string;
}

/** A shard that has buckets of a UTC day. */
export type ShardDay = Pick<BucketKey, "day" | "shard">;

/** `"stale"`: nothing was written, because what is stored is not what the writer has seen. */
export type Saved = "saved" | "stale";

/**
 * Where click counts are stored. The roll-up is written once against this; DynamoDB and memory provide it, under one
 * suite. It stands beside the engine because it needs what no other item does: bytes, and sets that grow in place.
 * Every read sees every earlier write.
 */
export interface BucketStore {
  /** Those of the buckets that exist, in no particular order; any number of keys, none twice. */
  load(keys: readonly BucketKey[]): Promise<readonly Bucket[]>;
  /**
   * Replaces a bucket and marks the retried hits in it as counted: all of it or nothing.
   *
   * Stale when the stored bucket's sequence is not `previousSequence` (empty: there is no
   * bucket yet) or one of the hits is marked already. Of two savers of one state one wins. A save that is repeated
   * because its reply was lost finds its own bucket and is stale, which is safe: a bucket skips what it has counted.
   *
   * @param retriedHitIds at most `MARKS_PER_SAVE`; marks outlast the days a hit can come again
   */
  save(bucket: Bucket, previousSequence: string, retriedHitIds: readonly string[]): Promise<Saved>;
  /** Keeps a segment for ever as it is. One that is there stays: who seals the same state writes the same. */
  keepSegment(segment: Segment): Promise<void>;
  /** Segments of a bucket named after `after` (empty: all) and up to `upTo`, in any order. */
  segments(bucket: BucketKey, after: string, upTo: string): Promise<readonly Segment[]>;
  /** Replaces a part of a bucket's totals, if it still counts up to `previousSequence`; empty: there is none yet. */
  saveTotals(part: TotalsPart, previousSequence: string): Promise<Saved>;
  /** Totals of buckets, all parts of each, in any order. */
  totals(range: BucketRange): Promise<readonly TotalsPart[]>;
  /** Buckets, in any order. */
  buckets(range: BucketRange): Promise<readonly Bucket[]>;
  /** All buckets of a day, in any order. Those that were made in the last seconds may be missing. */
  ofDay(day: string): Promise<readonly Bucket[]>;
  /** Notes that a shard has buckets of a day, before the first is saved. Repeating it changes nothing. */
  noteShard(shardDay: ShardDay): Promise<void>;
  /** Shards that have buckets of some campaign between two UTC days, both included, each with its day. */
  shards(from: string, to: string): Promise<readonly ShardDay[]>;
  /**
   * Adds marks to a slice of a shard's edge time and gives back all that it then holds, or at least those among `hits`.
   * A union: repeating it, or doing it in any order or at once, changes nothing. Notes last as long as marks.
   */
  noteHits(slice: HitSlice, hits: NotedHits): Promise<NotedHits>;
  /** Which of these hits a saved bucket has marked as counted; any number of ids, none twice. */
  countedRetries(hitIds: readonly string[]): Promise<ReadonlySet<string>>;
}
