import * as z from "zod";
import { hitClasses } from "./classification.ts";
import { VisitorTable } from "./visitor-table.ts";

/** All buckets of one campaign, UTC day and shard of the stream. A shard is read by one consumer at a time, in order. */
export interface BucketFamily {
  readonly campaignId: string;
  readonly day: string;
  readonly shard: string;
}

export interface BucketKey extends BucketFamily {
  /** `0`, `1-a`, `2-a7`, …: the level and, below the first, as many leading digits of the visitor. */
  readonly bucket: string;
}

const count = z.int().nonnegative();
const linkCounts = z.object({ creatorId: z.string(), byClass: z.partialRecord(z.enum(hitClasses), count) });

/** What a bucket says about its hits, without the visitors behind it. */
export const bucketCountsShape = z.object({
  campaignId: z.string(),
  day: z.string(),
  shard: z.string(),
  bucket: z.string(),
  /** Sequence number of the last hit counted here, zero-padded; empty while the bucket was never saved. */
  sequence: z.string(),
  /** Visitors whose first valid hit of the day, on any link of the campaign, was counted here. */
  unique: count,
  /** The same, by whose links they were. */
  uniqueByCreator: z.record(z.string(), count),
  links: z.record(z.string(), linkCounts),
});

export const bucketShape = bucketCountsShape.extend({
  visitors: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});

export type LinkCounts = z.infer<typeof linkCounts>;
export type BucketCounts = Readonly<z.infer<typeof bucketCountsShape>>;
/** The stored state: counts, and `visitors` as a `VisitorTable` writes them. */
export type Bucket = Readonly<z.infer<typeof bucketShape>>;

/**
 * A bucket's bounds keep its item far below DynamoDB's 400 kB: 4,000 pairs of visitor and link are 44 kB, 400
 * links at most 90 kB. The first level is smaller because nearly every batch writes it.
 */
const PAIRS = { first: 2_000, further: 4_000 };
export const LINKS_PER_BUCKET = 400;

export const pairsPerBucket = (level: number): number => (level === 0 ? PAIRS.first : PAIRS.further);

/** The bucket of a level on which a visitor would live. Below the sixteenth, a visitor has buckets of their own. */
export const bucketName = (level: number, visitor: string): string =>
  level === 0 ? "0" : `${level}-${visitor.slice(0, level)}`;

export const levelOf = (bucket: string): number => Number.parseInt(bucket, 10);

/** A bucket nobody has saved yet. */
export const emptyBucket = ({ campaignId, day, shard, bucket }: BucketKey): Bucket => ({
  campaignId,
  day,
  shard,
  bucket,
  sequence: "",
  unique: 0,
  uniqueByCreator: {},
  links: {},
  visitors: new VisitorTable().bytes(),
});
