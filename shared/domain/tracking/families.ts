import type { BucketFamily } from "./bucket.ts";
import type { SequencedHit } from "./rollup.ts";

/** Hits of one campaign and day: what is counted, and fails, together. */
export type FamilyHits = BucketFamily & { readonly hits: readonly SequencedHit[] };

/** A campaign and its day; within one shard that is a family's name. */
export const familyName = ({ campaignId, day }: Pick<BucketFamily, "campaignId" | "day">): string =>
  `${campaignId} ${day}`;

/** The hits of a shard by campaign and day, each in the given order. */
export function familiesOf(shard: string, hits: readonly SequencedHit[]): readonly FamilyHits[] {
  const families = new Map<string, BucketFamily & { hits: SequencedHit[] }>();
  for (const sequenced of hits) {
    const { campaignId, day } = sequenced.hit;
    const family = families.get(familyName(sequenced.hit)) ?? { campaignId, day, shard, hits: [] };
    families.set(familyName(family), family);
    family.hits.push(sequenced);
  }
  return [...families.values()];
}

/** Cut so that no part has more than so many retried hits. */
export function inParts(hits: readonly SequencedHit[], retriedPerPart: number): readonly (readonly SequencedHit[])[] {
  const parts: SequencedHit[][] = [[]];
  let retried = 0;
  for (const sequenced of hits) {
    if (sequenced.hit.retried && (retried += 1) > retriedPerPart) {
      parts.push([]);
      retried = 1;
    }
    parts.at(-1)?.push(sequenced);
  }
  return parts;
}
