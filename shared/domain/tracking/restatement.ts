/** What a campaign's day comes to by its raw hits, in place of what the rollup counted of them. */
import { type Bucket, type BucketCounts, emptyBucket, type TotalsPart } from "./bucket.ts";

/**
 * Where it is stored among the buckets of shards. It stands for as long as they are as they were when it was made: what they count
 * later is missing in it, and until the day is closed again they are what is known of the day.
 */
export const RESTATED = "restated";

/** The number up to which each shard had counted. */
export type Covered = Readonly<Record<string, string>>;

/** What is known of a campaign's day. */
export interface CountedDay {
  /** What people are shown. */
  readonly shown: readonly BucketCounts[];
  readonly covered: Covered;
  /** Of the last restatement, whether it stands or not; empty: there was none. */
  readonly restated: string;
  /** Whether shards have counted more since, of which nobody has judged whether it is right. */
  readonly isOverridden: boolean;
}

export interface Restatement {
  readonly bucket: Bucket;
  readonly totals: readonly TotalsPart[];
  /** What must be the last one for this to be the next. */
  readonly previous: string;
}

/** Where the totals of a bucket are. Each restatement has its own: a reader finds those of the one that it has read of. */
export const totalsShardOf = ({ shard, sequence }: Pick<Bucket, "shard" | "sequence">): string =>
  shard === RESTATED ? `${RESTATED}@${sequence}` : shard;

const isLive = ({ shard }: Bucket): boolean => shard !== RESTATED;

/** @param buckets of one campaign and day */
export const coveredBy = (buckets: readonly Bucket[]): Covered =>
  Object.fromEntries(buckets.filter(isLive).map(({ shard, sequence }) => [shard, sequence]));

const isSame = (one: Covered, other: Covered): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([shard, sequence]) => other[shard] === sequence);

/** The last restatement of a campaign's day, if there was one. */
export const restatedIn = (buckets: readonly Bucket[]): Bucket | undefined => buckets.find((bucket) => !isLive(bucket));

/**
 * Buckets that figures are made of: of each day the restatement, if it stands, and else what shards counted.
 * @param buckets of one campaign
 */
export function standing(buckets: readonly Bucket[]): readonly Bucket[] {
  return [...Map.groupBy(buckets, ({ day }) => day).values()].flatMap((ofDay) => {
    const restated = restatedIn(ofDay);
    const stands = restated !== undefined && isSame(restated.covers ?? {}, coveredBy(ofDay));
    return stands ? [restated] : ofDay.filter(isLive);
  });
}

/** Days whose figures are those of a restatement. @param standing what figures are made of */
export const restatedOn = (standing: readonly BucketCounts[]): readonly string[] =>
  [...new Set(standing.filter(({ shard }) => shard === RESTATED).map(({ day }) => day))].sort();

/**
 * Whether of some campaign shards have counted more than its restatement stands for, and more than it yields to. What they count may be
 * what it has already, so that nothing comes in the archive by which anybody would notice; and they need not have all that it has.
 * @param buckets of one day
 */
export const isOverridden = (buckets: readonly Bucket[]): boolean =>
  [...Map.groupBy(buckets, ({ campaignId }) => campaignId).values()].some((ofCampaign) => {
    const { covers, yieldsTo } = restatedIn(ofCampaign) ?? {};
    const judged = [covers, yieldsTo].filter((one) => one !== undefined);
    return judged.length > 0 && !judged.some((one) => isSame(one, coveredBy(ofCampaign)));
  });

const NUMBER_DIGITS = 8;
const after = (previous: string): string => String(Number(previous) + 1).padStart(NUMBER_DIGITS, "0");

/** Numbers of those that the last one has replaced: nothing refers to them any more. */
export const replacedBy = (last: string): readonly string[] => {
  const replaced: string[] = [];
  for (let one = after(""); one < last; one = after(one)) replaced.push(one);
  return replaced;
};

/** @param recounted all that there is of the campaign's day in the archive, in one bucket */
export function restatementOf(
  { covered, restated }: CountedDay,
  {
    unique,
    ...counts
  }: {
    readonly unique: number;
    readonly campaignId: string;
    readonly day: string;
    readonly totals: readonly TotalsPart[];
  },
): Restatement {
  const { campaignId, day, totals } = counts;
  const sequence = after(restated);
  const bucket = {
    ...emptyBucket({ campaignId, day, shard: RESTATED }),
    sequence,
    sealed: sequence,
    unique,
    covers: covered,
  };
  const shard = totalsShardOf(bucket);
  return { bucket, totals: totals.map((part) => ({ ...part, shard, sequence })), previous: restated };
}
