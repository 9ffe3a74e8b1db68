import * as z from "zod";
import { type HitClass, RULES_VERSION } from "./classification.ts";
import { Recent } from "./recent.ts";
import type { VisitCounts } from "./visits.ts";

/** What is counted together: a campaign's hits of one UTC day in one shard, which one consumer at a time reads, in order. */
export interface BucketKey {
  readonly campaignId: string;
  readonly day: string;
  readonly shard: string;
}

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const key = { campaignId: z.string(), day: z.string(), shard: z.string() };

/**
 * A bucket is one small item, replaced with every batch, and what it refers to: what it counted since it was last sealed, and
 * the number that it was sealed under. Numbers are sequence numbers, zero-padded; empty where there is none yet.
 */
export const bucketShape = z.object({
  ...key,
  /** Of the last hit counted here. */
  sequence: z.string(),
  /** Its last segment's; everything up to there is in segments and totals. */
  sealed: z.string(),
  /** Visitors whose first valid hit of the day, on any link of the campaign, was counted here. */
  unique: z.int().nonnegative(),
  /** What came since (`Recent`). */
  recent: bytes,
  /** Visits by dimension (`Visits`) since they were last sealed, which is less often: many visits are of few hours and countries. */
  visits: bytes.default(() => new Uint8Array()),
  /**
   * Bytes of `recent` from which on it is sealed before anything is added. Said by the bucket itself, so that whoever finds one
   * state, even by another version of this code, does the same with it.
   */
  sealAt: z.int().nonnegative(),
  /** The version of the rules that it was begun under: the oldest that anything in it was counted by. */
  rules: z.string(),
  /** Of a restatement (`RESTATED`): the number of each shard's bucket that it stands for. */
  covers: z.record(z.string(), z.string()).optional(),
  /** Of a restatement: what shards had counted when it was found that the archive has less, and theirs is what is known. */
  yieldsTo: z.record(z.string(), z.string()).optional(),
});

/** Visitors of a bucket between two of its states, for ever as they were written. It is named by the later state's number. */
export const segmentShape = z.object({ ...key, sequence: z.string(), previous: z.string(), visitors: bytes });

/** Of a bucket's parts of totals the first has visits by dimension, and the others have links. */
export const VISITS_PART = 0;

/** Counts of up to `LINKS_PER_PART` links, and as many creators, or of visits, of everything up to `sequence` (`Totals`). */
export const totalsPartShape = z.object({
  ...key,
  part: z.int().nonnegative(),
  sequence: z.string(),
  counts: bytes,
  /** Of a restatement that was replaced: when nobody can be about to read it any more. */
  expiresAtSeconds: z.int().optional(),
});

export type Bucket = Readonly<z.infer<typeof bucketShape>>;
export type Segment = Readonly<z.infer<typeof segmentShape>>;
export type TotalsPart = Readonly<z.infer<typeof totalsPartShape>>;

type Counts = Readonly<Partial<Record<HitClass, number>>>;

export interface LinkCounts {
  readonly creatorId: string;
  /** Clicks. */
  readonly byClass: Counts;
  /** Of a link that was viewed: what is no robot's is `valid`. */
  readonly views?: Counts;
  /** Of its hits those that came by its QR code and are no robot's; none where nobody did. */
  readonly scans?: number;
  /** Of its visits those that a rule led, by its priority, and those that went to a share, by its place. */
  readonly byRule?: Readonly<Record<string, number>>;
  readonly byVariant?: Readonly<Record<string, number>>;
}

/** What a bucket says about its hits, without the visitors behind it. */
export interface BucketCounts extends BucketKey {
  /** The oldest rules that it was counted by. */
  readonly rules: string;
  readonly unique: number;
  /** Distinct visitors, by whose links they followed. */
  readonly uniqueByCreator: Readonly<Record<string, number>>;
  readonly links: Readonly<Record<string, LinkCounts>>;
  readonly visits: VisitCounts;
}

/**
 * A bucket is rewritten by each batch for as long as it is not sealed, and totals are rewritten by each seal. So where links are
 * few it is sealed once it has outgrown one write unit, and where they are many, and totals large, later.
 */
const SEAL_AT = { least: 640, aLink: 8, most: 65_536 };
const NONE = new Uint8Array();
/** Bytes of `visits` from which on they are sealed with the rest. */
const SEAL_VISITS_AT = 384;

/** What of its visits is sealed with a bucket, as the bucket itself says; else nothing. */
export const sealedVisits = ({ visits }: Bucket): Uint8Array => (visits.length < SEAL_VISITS_AT ? NONE : visits);

/** A bucket that has nothing that is not sealed, but few visits. */
export const emptied = (bucket: Bucket, known: { readonly links: number; readonly creators: number }): Bucket => ({
  ...bucket,
  sealed: bucket.sequence,
  recent: new Recent(known).bytes(),
  visits: sealedVisits(bucket).length > 0 ? NONE : bucket.visits,
  sealAt: Math.min(Math.max(SEAL_AT.least, SEAL_AT.aLink * known.links), SEAL_AT.most),
});

/** A bucket nobody has saved yet. */
export const emptyBucket = ({ campaignId, day, shard }: BucketKey): Bucket =>
  emptied(
    {
      campaignId,
      day,
      shard,
      sequence: "",
      sealed: "",
      unique: 0,
      recent: NONE,
      visits: NONE,
      sealAt: 0,
      rules: RULES_VERSION,
    },
    { links: 0, creators: 0 },
  );

export const isFull = ({ recent, sealAt }: Bucket): boolean => recent.length >= sealAt;
