/** What a brand may change about a link that is out already: where it leads, and for how long. */
import type { Campaign } from "../campaigns/campaign.ts";
import { type Change, changed, differences } from "../change.ts";
import { isAdmin } from "../kernel/actor.ts";
import { givenOf } from "../kernel/given.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { BucketCounts } from "../tracking/bucket.ts";
import { hasReachedLimit } from "./click-limit.ts";
import { destinationRules } from "./destination.ts";
import { checkedDestinations } from "./destinations.ts";
import type { LinkChanges } from "./input.ts";
import type { Link } from "./link.ts";
import { linkRefusals } from "./refusals.ts";
import { withLandings } from "./utm.ts";

export interface LinkUpdateState {
  readonly link: Link;
  readonly campaign: Campaign;
  /** The address that visitors have. */
  readonly url: string;
  /** Buckets of the campaign, of all of the link's days; asked for where a limit is set (`setsLimit`), and of none otherwise. */
  readonly counted: readonly BucketCounts[];
}

/** Whether a change asks how often a link was clicked. */
export const setsLimit = ({ maxClicks }: LinkChanges): boolean => typeof maxClicks === "number";

/**
 * Changes what was sent, and what a limit makes of it, and nothing else. Also of a campaign that has ended: its links are out, and somebody has to be able
 * to say where they lead.
 */
export function updateLink(
  { link, campaign, url, counted }: LinkUpdateState,
  sent: LinkChanges,
  occasion: Occasion,
): { readonly change: Change; readonly link: Link } {
  const { actor, now } = occasion;
  requireVersion(link, occasion);
  if (link.disabledByAdmin === true && !isAdmin(actor))
    throw refuse(linkRefusals.disabledByAdmin, undefined, { currentState: "disabled" });
  const given = checkedDestinations(givenOf(sent), destinationRules(campaign, url));
  const byAdmin = isAdmin(actor) && sent.disabled !== undefined ? { disabledByAdmin: sent.disabled } : {};
  const next = withLandings({ ...link, ...given, ...byAdmin, updatedAt: now });
  const limitReached = sent.maxClicks === undefined ? link.limitReached : hasReachedLimit(next, counted);
  const update = changed("link", link, { ...next, limitReached });
  const fields = [...Object.keys(given), "limitReached"] as (keyof Link)[];
  const change: Change = {
    entities: [update],
    audit: {
      action: "link.updated",
      resource: { type: "link", id: link.code },
      changes: differences(link, update.next, fields) ?? [],
      ...actingFor(actor, link.brandId),
    },
  };
  return { change, link: update.next };
}
