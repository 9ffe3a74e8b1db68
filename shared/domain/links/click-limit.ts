/** A link that may have so many clicks, and no more. */
import { type Change, changed, differences } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { BucketCounts } from "../tracking/bucket.ts";
import { clicksOfLink } from "../tracking/summary.ts";
import type { Link } from "./link.ts";

/** UTC days on which a link may have been clicked. */
export const daysOf = ({ createdAt }: Link, now: string) => ({ first: utcDate(createdAt), last: utcDate(now) });

const utcDate = (at: string): string => at.slice(0, "YYYY-MM-DD".length);

/** Whether a link has had all the clicks that it may have; valid ones and repeats count, as in the figures. */
export const hasReachedLimit = (
  { code, maxClicks }: Pick<Link, "code" | "maxClicks">,
  counted: readonly BucketCounts[],
): boolean => maxClicks !== null && clicksOfLink(counted, code) >= maxClicks;

/** Whether more clicks may end it. A limit that is set, raised or taken away is looked at by whoever does so. */
export const mayReachLimit = ({ maxClicks, limitReached }: Pick<Link, "maxClicks" | "limitReached">): boolean =>
  maxClicks !== null && !limitReached;

/** Takes a link out of service once it has had its clicks. @param counted buckets of its campaign, of all of its days */
export function followClickLimit(
  link: Link,
  counted: readonly BucketCounts[],
  { now }: Pick<Occasion, "now">,
): Change | undefined {
  const next: Link = { ...link, limitReached: hasReachedLimit(link, counted), updatedAt: now };
  const changes = differences(link, next, ["limitReached"]) ?? [];
  if (changes.length === 0) return undefined;
  return {
    entities: [changed("link", link, next)],
    audit: { action: "link.followed_limit", resource: { type: "link", id: link.code }, changes },
  };
}
