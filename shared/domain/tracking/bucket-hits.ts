import type { BucketKey } from "./bucket.ts";
import type { SequencedHit } from "./rollup.ts";

/** Hits of one campaign and day: what is counted, and fails, together. */
export type BucketHits = BucketKey & { readonly hits: readonly SequencedHit[] };

/** A campaign and its day; within one shard that is a bucket's name. */
export const bucketName = ({ campaignId, day }: Pick<BucketKey, "campaignId" | "day">): string =>
  `${campaignId} ${day}`;

/** The hits of a shard by campaign and day, each in the given order. */
export function hitsByBucket(shard: string, hits: readonly SequencedHit[]): readonly BucketHits[] {
  const days = new Map<string, Map<string, BucketKey & { hits: SequencedHit[] }>>();
  for (const sequenced of hits) {
    const { campaignId, day } = sequenced.hit;
    let campaigns = days.get(day);
    if (campaigns === undefined) days.set(day, (campaigns = new Map<string, BucketKey & { hits: SequencedHit[] }>()));
    let bucket = campaigns.get(campaignId);
    if (bucket === undefined) campaigns.set(campaignId, (bucket = { campaignId, day, shard, hits: [] }));
    bucket.hits.push(sequenced);
  }
  return [...days.values()].flatMap((campaigns) => [...campaigns.values()]);
}

export interface PartBounds {
  readonly hits: number;
  readonly retried: number;
}

/** Cut so that no part has more than so many hits, or retried ones. None of none. */
export function inParts(hits: readonly SequencedHit[], most: PartBounds): readonly (readonly SequencedHit[])[] {
  const parts: SequencedHit[][] = [];
  let retried = 0;
  for (const sequenced of hits) {
    const isRetried = sequenced.hit.retried === true;
    let part = parts.at(-1);
    if (part === undefined || part.length === most.hits || (isRetried && retried === most.retried)) {
      parts.push((part = []));
      retried = 0;
    }
    if (isRetried) retried += 1;
    part.push(sequenced);
  }
  return parts;
}
