import { daysOf } from "#shared/domain/links/click-limit";
import type { Link } from "#shared/domain/links/link";
import type { BucketCounts } from "#shared/domain/tracking/bucket";
import type { HitCounts } from "#shared/ports/tracking";

/**
 * What is counted of a link's campaign, read once for all links of a batch, and again only for one that is older than those
 * before: all of a campaign's days are read, and a brand may limit hundreds of links.
 */
export function readOnce(hitCounts: Pick<HitCounts, "ofCampaign">) {
  const read = new Map<string, { readonly first: string; readonly counts: Promise<readonly BucketCounts[]> }>();
  return (link: Link, now: string): Promise<readonly BucketCounts[]> => {
    const { first, last } = daysOf(link, now);
    const known = read.get(link.campaignId);
    if (known !== undefined && known.first <= first) return known.counts;
    const counts = hitCounts.ofCampaign(link.campaignId, first, last);
    read.set(link.campaignId, { first, counts });
    return counts;
  };
}
