/** Who may see and who may steer a link. "Not yours" and "not there" give the same answer. */
import { type CampaignSeen, isVisibleTo, ownSliceOf } from "../campaigns/access.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Link } from "./link.ts";
import { linkRefusals } from "./refusals.ts";

/** The link for the brand of its campaign and for admins; for everybody else there is none. */
export function steeredLink(actor: Actor, link: Link | undefined): Link {
  const isTheirs = actor.roles.includes("brand") && link?.brandId === actor.userId;
  if (link !== undefined && (isAdmin(actor) || isTheirs)) return link;
  throw refuse(linkRefusals.notFound);
}

/** The link for whoever finds it in their list of the campaign's links. @param seen its campaign, as they see it */
export function listedLink(actor: Actor, link: Link | undefined, seen: CampaignSeen | undefined): Link {
  if (link !== undefined && seen !== undefined && isVisibleTo(actor, seen)) {
    const own = ownSliceOf(actor, seen.campaign);
    if (own === undefined || own === link.creatorId) return link;
  }
  throw refuse(linkRefusals.notFound);
}
