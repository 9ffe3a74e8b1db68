import type { Bucket, BucketCounts, BucketKey } from "#shared/domain/tracking/bucket";
import type { HitSlice, NotedHits } from "#shared/domain/tracking/distinct";

/** Retried hits that one save can mark: a transaction takes 100 items, and one of them is the bucket. */
export const MARKS_PER_SAVE = 99;

/**
 * Where click counts are stored. The roll-up is written once against this; DynamoDB and memory provide it, under one
 * suite. It stands beside the engine because it needs what no other item does: bytes, sets that grow in place, and a
 * range read without its largest attribute. Every read sees every earlier write.
 */
export interface BucketStore {
  /** Those of the buckets that exist, in no particular order; any number of keys, none twice. */
  load(keys: readonly BucketKey[]): Promise<readonly Bucket[]>;
  /**
   * Replaces a bucket and marks the retried hits in it as counted: all of it or nothing.
   *
   * `"stale"`, with nothing written, when the stored bucket's sequence is not `previousSequence` (empty: there is no
   * bucket yet) or one of the hits is marked already. Of two savers of one state one wins. A save that is repeated
   * because its reply was lost finds its own bucket and is stale, which is safe: a bucket skips what it has counted.
   *
   * @param retriedHitIds at most `MARKS_PER_SAVE`; marks outlast the days a hit can come again
   */
  save(bucket: Bucket, previousSequence: string, retriedHitIds: readonly string[]): Promise<"saved" | "stale">;
  /**
   * Adds marks to a slice of a shard's edge time and gives back all that it then holds, or at least those among `hits`.
   * A union: repeating it, or doing it in any order or at once, changes nothing. Notes last as long as marks.
   */
  noteHits(slice: HitSlice, hits: NotedHits): Promise<NotedHits>;
  /** Which of these hits a saved bucket has marked as counted; any number of ids, none twice. */
  countedRetries(hitIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Buckets of a campaign between two UTC days (`YYYY-MM-DD`), both included, without their visitors. */
  ofCampaign(campaignId: string, from: string, to: string): Promise<readonly BucketCounts[]>;
}
