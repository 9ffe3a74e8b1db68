import { type CampaignSeen, isOwner, takesPart } from "../campaigns/access.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { ENDED_STATUSES } from "../campaigns/lifecycle.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import { type Change, created, unchanged } from "../change.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import type { Participant } from "../invitations/participant.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { destinationRules } from "./destination.ts";
import { checkedDestinations } from "./destinations.ts";
import type { NewLink } from "./input.ts";
import type { Link } from "./link.ts";
import { linkRefusals } from "./refusals.ts";
import { withLandings } from "./utm.ts";

/** Whose clicks a link's will be: a creator's own; brand and admins must say whose. */
function linkOwner(actor: Actor, campaign: Campaign, named: string | undefined): string {
  if (isAdmin(actor) || isOwner(campaign, actor)) {
    if (named !== undefined) return named;
    if (!actor.roles.includes("creator")) throw refuse(linkRefusals.creatorNeeded);
  }
  // Nobody else's participation exists for a creator.
  if (named !== undefined && named !== actor.userId) throw refuse(campaignRefusals.notFound);
  return actor.userId;
}

/** The campaign as the link's creator sees it. */
export interface LinkState extends CampaignSeen {
  readonly code: string;
  /** The address that visitors will be given. */
  readonly url: string;
}

/** A new short link of somebody who takes part, to a destination the campaign allows. */
export function createLink(
  { campaign, participant, code, url }: LinkState,
  input: NewLink,
  { actor, now }: Occasion,
): { readonly change: Change; readonly link: Link } {
  const creatorId = linkOwner(actor, campaign, input.creatorId);
  requireNotEnded(campaign);
  const owner = requireTakingPart(participant);
  const { destinationUrl, rules, split, utm = campaign.utm } = input;
  const made = {
    code,
    campaignId: campaign.id,
    brandId: campaign.brandId,
    creatorId,
    ...checkedDestinations({ destinationUrl, rules, split }, destinationRules(campaign, url)),
    utm,
    landingUrl: null,
    disabled: false,
    expiresAt: null,
    fallbackUrl: null,
    maxClicks: null,
    limitReached: false,
    passQuery: input.passQuery,
    passClickId: input.passClickId,
    createdAt: now,
    updatedAt: now,
  };
  const addition = created("link", withLandings(made));
  const link = addition.next;
  const change: Change = {
    entities: [addition],
    // Whoever ends the participation must find every link there is. The campaign is not held: a link is as good when it
    // was made a moment before the campaign ended, and everybody's acceptances would contend with it.
    requires: [unchanged("participant", owner)],
    events: [
      {
        type: "link.created",
        detail: { code, campaignId: campaign.id, brandId: campaign.brandId, creatorId },
      },
    ],
    audit: {
      action: "link.created",
      resource: { type: "link", id: code },
      changes: [{ field: "destinationUrl", before: null, after: link.destinationUrl }],
      ...actingFor(actor, creatorId),
    },
  };
  return { change, link };
}

/** What can be told before it is said whose link it will be, and where it leads. @param creatorId of a creator's own */
export function requireLinkable({ campaign, participant }: CampaignSeen, creatorId: string | undefined): void {
  requireNotEnded(campaign);
  if (creatorId !== undefined) requireTakingPart(participant);
}

function requireNotEnded({ status }: Campaign): void {
  if (ENDED_STATUSES.includes(status))
    throw refuse(linkRefusals.campaignEnded, `The campaign is ${status}`, { currentState: status });
}

function requireTakingPart(participant: Participant | undefined): Participant {
  if (participant === undefined || !takesPart({ participant })) throw refuse(linkRefusals.creatorNotTakingPart);
  return participant;
}
