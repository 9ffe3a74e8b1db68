/** What becomes of a prefix that two brands say is theirs: an admin decides. */
import { activeAccount, type Change, changed, created, type EntityChange, removed, type Written } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { Account } from "../users/account.ts";
import { keptName, type LinkName, type LinkPrefix, nameSkeletonOf } from "./link-name.ts";
import { linkPrefixRefusals } from "./refusals.ts";

export interface AwardState {
  /** The disputed prefix, or the one that keeps it from being claimed for looking like it. */
  readonly name: LinkName | undefined;
  /** The prefix of whoever has that name, if they did not get another since. */
  readonly held: LinkPrefix | undefined;
  readonly brand: Account | undefined;
  /** What the brand has now. */
  readonly own: LinkPrefix | undefined;
}

/**
 * Gives a claimed prefix to a brand, in place of what it has. Whoever had it has none, and may claim another. Links that are out stay
 * where they are, of both: who disputes those, too, has an admin disable them.
 */
export function awardPrefix(
  { name: disputed, held, brand, own }: AwardState,
  { prefix, reason }: { readonly prefix: string; readonly reason: string },
  { now }: Occasion,
): { readonly change?: Change; readonly linkPrefix: LinkPrefix } {
  const name = found(disputed, linkPrefixRefusals.notFound);
  if (!brand?.roles.includes("brand")) throw refuse(linkPrefixRefusals.notABrand);
  if (brand.status === "suspended") throw refuse(linkPrefixRefusals.brandSuspended);
  if (own?.prefix === prefix) return { linkPrefix: own };
  const award = given(own, { brandId: brand.id, prefix, claimedAt: now });
  const renamed = changed("linkName", name, { ...keptName(prefix, brand.id, now), createdAt: name.createdAt });
  const change: Change = {
    entities: [award, renamed, ...lossOf(held, name, brand.id)],
    requires: [activeAccount(brand.id)],
    audit: {
      action: "link_prefix.awarded",
      resource: { type: "link_prefix", id: prefix },
      changes: [
        { field: "brandId", before: name.brandId, after: brand.id },
        { field: "prefix", before: own?.prefix ?? null, after: prefix },
        { field: "reason", before: null, after: reason },
      ],
      onBehalfOf: brand.id,
    },
  };
  return { change, linkPrefix: award.next };
}

/** Whoever has the name by another prefix since, or gets it themselves, loses nothing. */
const lossOf = (held: LinkPrefix | undefined, { skeleton }: LinkName, brandId: string): readonly EntityChange[] =>
  held !== undefined && held.brandId !== brandId && nameSkeletonOf(held.prefix) === skeleton
    ? [removed("linkPrefix", held)]
    : [];

const given = (own: LinkPrefix | undefined, next: Omit<LinkPrefix, "version">): Written<"linkPrefix"> =>
  own ? changed("linkPrefix", own, next) : created("linkPrefix", next);
