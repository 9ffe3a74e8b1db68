/** Who may see and who may steer a campaign. "Not yours" and "not there" give the same answer. */
import type { Invitation } from "../invitations/invitation.ts";
import type { Participant } from "../invitations/participant.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import { known, refuse } from "../kernel/refusal.ts";
import { accessRefusals } from "../kernel/refusals.ts";
import type { Budget, Campaign } from "./campaign.ts";
import { campaignRefusals } from "./refusals.ts";

/** A campaign as one person sees it: with its money, and with what ties them to it as a creator. */
export interface CampaignSeen {
  readonly campaign: Campaign;
  readonly budget: Budget;
  readonly invitation?: Invitation | undefined;
  readonly participant?: Participant | undefined;
}

/** The campaign of an invitation, of an event, of a list's entry: that it is not there is a defect, not an answer. */
export const knownCampaign = (campaign: Campaign | undefined): Campaign => known(campaign, "campaign");

/** A campaign's money, written with the campaign itself. */
export const knownBudget = (budget: Budget | undefined): Budget => known(budget, "campaign's budget");

export const isOwner = (campaign: Campaign, actor: Actor): boolean =>
  actor.roles.includes("brand") && campaign.brandId === actor.userId;

export const takesPart = ({ participant }: Pick<CampaignSeen, "participant">): boolean =>
  participant !== undefined && participant.status !== "inactive";

/** The campaign for its brand and for admins; for everybody else there is none. */
export function steeredBy(actor: Actor, seen: CampaignSeen | undefined): CampaignSeen {
  if (seen !== undefined && (isAdmin(actor) || isOwner(seen.campaign, actor))) return seen;
  throw refuse(campaignRefusals.notFound);
}

/** The campaign for its brand, admins, and creators who are invited (and have not said no) or take part. */
export function visibleTo(actor: Actor, seen: CampaignSeen | undefined): CampaignSeen {
  if (seen !== undefined && isVisibleTo(actor, seen)) return seen;
  throw refuse(campaignRefusals.notFound);
}

export const isVisibleTo = (actor: Actor, seen: CampaignSeen): boolean =>
  isAdmin(actor) || isOwner(seen.campaign, actor) || isTied(actor, seen);

function isTied(actor: Actor, { invitation, participant }: CampaignSeen): boolean {
  if (!actor.roles.includes("creator")) return false;
  const invited = invitation?.creatorId === actor.userId && invitation.status === "pending";
  return invited || (participant?.creatorId === actor.userId && takesPart({ participant }));
}

/** The same, and for a creator who was removed: what they handed in stays theirs to see, and they hear why no more is taken. */
export function workSeenBy(actor: Actor, seen: CampaignSeen | undefined): CampaignSeen {
  const tookPart = actor.roles.includes("creator") && seen?.participant?.creatorId === actor.userId;
  return tookPart ? seen : visibleTo(actor, seen);
}

/** How a person comes to a campaign: it is theirs, or they are invited to it. */
export type CampaignSide = "brand" | "creator";
const SIDES: readonly CampaignSide[] = ["brand", "creator"];

/** Which campaigns a person lists: everybody's, or those of each side that they have. */
export const campaignsSeenAs = ({ roles }: Actor): "admin" | readonly CampaignSide[] =>
  roles.includes("admin") ? "admin" : SIDES.filter((side) => roles.includes(side));

/** A creator sees only what is their own in a campaign; brand and admins see all of it. Undefined: all. */
export const ownSliceOf = (actor: Actor, campaign: Campaign): string | undefined =>
  isAdmin(actor) || isOwner(campaign, actor) ? undefined : actor.userId;

/** A creator's slice of a campaign, for brand and admins, and for that creator; there is none of somebody who never took part. */
export function sliceFor(actor: Actor, campaign: Campaign, participant: Participant | undefined): Participant {
  const own = ownSliceOf(actor, campaign);
  if (participant !== undefined && (own === undefined || own === participant.creatorId)) return participant;
  throw refuse(campaignRefusals.notFound);
}

/**
 * One person can never be on both sides of a campaign, whatever roles they hold: neither is whoever acts for one side the
 * other, admins included.
 */
export function refuseBothSides(
  { brandId }: Pick<Campaign, "brandId">,
  creatorId: string,
  { userId }: Pick<Actor, "userId">,
  actsFor: "brand" | "creator",
): void {
  const other = actsFor === "brand" ? creatorId : brandId;
  if (brandId === creatorId || userId === other) {
    // The side that they are on already.
    throw refuse(accessRefusals.conflictOfInterest, undefined, {
      currentState: actsFor === "brand" ? "creator" : "brand",
    });
  }
}
