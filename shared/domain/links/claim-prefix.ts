import { type Change, created } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { keptName, type LinkName, type LinkPrefix } from "./link-name.ts";
import { linkPrefixRefusals } from "./refusals.ts";
import { isReserved } from "./reserved-prefixes.ts";

export interface PrefixState {
  /** The brand's, if it has claimed one. */
  readonly own: LinkPrefix | undefined;
  /** A prefix of whomever that looks like the wished one. */
  readonly alike: LinkName | undefined;
}

/** A brand's prefix, for ever: links that are out bear it. Asked for again it is there already. */
export function claimPrefix(
  { own, alike }: PrefixState,
  prefix: string,
  { actor, now }: Occasion,
): { readonly change?: Change; readonly linkPrefix: LinkPrefix } {
  if (own?.prefix === prefix) return { linkPrefix: own };
  if (own !== undefined) throw refuse(linkPrefixRefusals.claimed, `It is ${own.prefix}`, { currentState: "claimed" });
  if (alike !== undefined) throw refuse(linkPrefixRefusals.taken, undefined, { currentState: "taken" });
  if (isReserved(prefix)) throw refuse(linkPrefixRefusals.reserved);
  const claim = created("linkPrefix", { brandId: actor.userId, prefix, claimedAt: now });
  const change: Change = {
    entities: [claim, created("linkName", keptName(prefix, actor.userId, now))],
    audit: {
      action: "link_prefix.claimed",
      resource: { type: "link_prefix", id: prefix },
      changes: [{ field: "prefix", before: null, after: prefix }],
    },
  };
  return { change, linkPrefix: claim.next };
}

/** What a brand is told of its prefix, claimed or not. */
export const prefixView = (own: LinkPrefix | undefined) => ({
  prefix: own?.prefix ?? null,
  claimedAt: own?.claimedAt ?? null,
});
