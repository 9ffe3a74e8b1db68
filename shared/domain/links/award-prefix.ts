/** What becomes of a prefix that two brands say is theirs: an admin decides. */
import { activeAccount, type Change, changed, created, removed, type Written } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
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
 * where they are, of both: who disputes those, too, has an admin disable them. Both are told, and whoever had it why.
 */
export function awardPrefix(
  { name: disputed, held, brand: account, own }: AwardState,
  { prefix, reason }: { readonly prefix: string; readonly reason: string },
  { now }: Occasion,
): { readonly change?: Change; readonly linkPrefix: LinkPrefix } {
  const name = found(disputed, linkPrefixRefusals.notFound);
  const brand = takingPart(account);
  if (own?.prefix === prefix) return { linkPrefix: own };
  const award = given(own, { brandId: brand.id, prefix, claimedAt: now });
  const renamed = changed("linkName", name, { ...keptName(prefix, brand.id, now), createdAt: name.createdAt });
  const lost = lostBy(held, name, brand.id);
  const change: Change = {
    entities: [award, renamed, ...lost.map((one) => removed("linkPrefix", one))],
    requires: [activeAccount(brand.id, "brand")],
    events: [
      { type: "link_prefix.awarded", detail: { brandId: brand.id, prefix, replaced: own?.prefix ?? null } },
      ...lost.map((one) => lossOf(one, reason)),
    ],
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

function takingPart(account: Account | undefined): Account {
  if (!account?.roles.includes("brand")) throw refuse(linkPrefixRefusals.notABrand);
  if (account.status === "suspended") throw refuse(linkPrefixRefusals.brandSuspended);
  return account;
}

/** Whoever has the name by another prefix since, or gets it themselves, loses nothing. */
const lostBy = (held: LinkPrefix | undefined, { skeleton }: LinkName, brandId: string): readonly LinkPrefix[] =>
  held !== undefined && held.brandId !== brandId && nameSkeletonOf(held.prefix) === skeleton ? [held] : [];

const lossOf = ({ brandId, prefix }: LinkPrefix, reason: string): DomainEvent => ({
  type: "link_prefix.lost",
  detail: { brandId, prefix, reason },
});

const given = (own: LinkPrefix | undefined, next: Omit<LinkPrefix, "version">): Written<"linkPrefix"> =>
  own ? changed("linkPrefix", own, next) : created("linkPrefix", next);
