/** What the bans of its two sides do to a link. */
import { type Change, changed, differences, unchanged } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import type { Account } from "../users/account.ts";
import type { Link } from "./link.ts";

/** The link of an event, which nothing removes. */
export const knownLink = (link: Link | undefined): Link => known(link, "link");

interface Sides {
  readonly brand: Account;
  readonly creator: Account;
}

const isBanned = ({ status }: Account): boolean => status === "suspended";

/**
 * Of somebody's links those that their ban, or its end, has not reached: whoever has more than one run gets through goes on in
 * the next where it stopped. What is skipped was read after the account, and an older run that still goes on commits nothing, since it
 * holds on to an account that has changed.
 */
export async function* unreached(links: AsyncIterable<Link>, person: Account): AsyncIterable<Link> {
  const banned = isBanned(person);
  for await (const link of links) {
    const { brandId, creatorId, brandBanned = false, creatorBanned = false } = link;
    const isReached =
      (brandId !== person.id || brandBanned === banned) && (creatorId !== person.id || creatorBanned === banned);
    if (!isReached) yield link;
  }
}

/** Takes a link out of service while a side of it is banned, and puts it back; what somebody disabled stays so. */
export function followBans(link: Link, { brand, creator }: Sides, { now }: Occasion): Change | undefined {
  const next: Link = { ...link, brandBanned: isBanned(brand), creatorBanned: isBanned(creator), updatedAt: now };
  const was: Link = { ...link, brandBanned: link.brandBanned ?? false, creatorBanned: link.creatorBanned ?? false };
  const changes = differences(was, next, ["brandBanned", "creatorBanned"]) ?? [];
  if (changes.length === 0) return undefined;
  return {
    entities: [changed("link", link, next)],
    // Of whom it is said anew: a ban that begins or ends meanwhile is followed by its own event, which must find this one's
    // work. The other side's status was not touched, and theirs comes by itself.
    requires: changes.map(({ field }) => unchanged("account", field === "brandBanned" ? brand : creator)),
    audit: { action: "link.followed_ban", resource: { type: "link", id: link.code }, changes },
  };
}
