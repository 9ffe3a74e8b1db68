/**
 * Visits of a creator's links by what they show. They are not counted batch by batch, which would cost more than the clicks: the
 * closing of a day counts them from its raw hits, as it counts everything else.
 */
import * as z from "zod";
import type { BucketCounts, LinkCounts } from "./bucket.ts";

const counts = z.record(z.string(), z.int().positive());

/** Of one creator, campaign and UTC day. */
export const CreatorVisits = z.object({
  campaignId: z.string(),
  creatorId: z.string(),
  day: z.string(),
  visits: z.object({ hour: counts, country: counts, device: counts, referrer: counts }),
});
export type CreatorVisits = z.infer<typeof CreatorVisits>;

const sumOf = (visits: Readonly<Record<string, number>>): number =>
  Object.values(visits).reduce((sum, count) => sum + count, 0);

const visitsOf = ({ byClass: { valid = 0, repeat = 0, burst = 0, self = 0 } }: LinkCounts): number =>
  valid + repeat + burst + self;

/**
 * Days of which a creator's visits are not told yet, or not as they are counted now: those that were not closed since. Each visit
 * is in one hour, so that whether a day is told whole needs nobody's word.
 */
export function visitsPendingOn(
  told: readonly CreatorVisits[],
  counted: readonly BucketCounts[],
  creatorId: string,
): readonly string[] {
  const left = new Map<string, number>();
  const raise = (day: string, by: number) => void left.set(day, (left.get(day) ?? 0) + by);
  for (const { day, links } of counted)
    for (const link of Object.values(links)) if (link.creatorId === creatorId) raise(day, visitsOf(link));
  for (const { day, visits } of told) raise(day, -sumOf(visits.hour));
  return [...left].flatMap(([day, visits]) => (visits === 0 ? [] : [day])).sort();
}
