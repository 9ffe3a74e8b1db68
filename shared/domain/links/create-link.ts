import { type CampaignSeen, isOwner, takesPart } from "../campaigns/access.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { ENDED_STATUSES } from "../campaigns/lifecycle.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import { type Change, created, type EntityChange, type Requirement, unchanged } from "../change.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import type { Participant } from "../invitations/participant.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import { destinationRules } from "./destination.ts";
import { checkedDestinations } from "./destinations.ts";
import type { NewLink } from "./input.ts";
import type { Link } from "./link.ts";
import { codeOf, keptName, type LinkName, type LinkPrefix } from "./link-name.ts";
import { linkPrefixRefusals, linkRefusals } from "./refusals.ts";
import { withLandings } from "./utm.ts";

/** Whose clicks a link's will be: a creator's own; brand and admins must say whose, or it is nobody's. */
function linkOwner(actor: Actor, campaign: Campaign, named: string | undefined): string | undefined {
  if (isAdmin(actor) || isOwner(campaign, actor))
    return named ?? (actor.roles.includes("creator") ? actor.userId : undefined);
  // Nobody else's participation exists for a creator.
  if (named !== undefined && named !== actor.userId) throw refuse(campaignRefusals.notFound);
  return actor.userId;
}

/** What a slug is up against. */
export interface NamingState {
  /** The brand's. */
  readonly prefix: LinkPrefix | undefined;
  /** The name that looks like the code that the slug would make. */
  readonly alike: LinkName | undefined;
}

/** The campaign as the link's creator sees it. */
export interface LinkState extends CampaignSeen {
  /** A code that was drawn, for a link without a slug. */
  readonly drawn: string;
  readonly naming: NamingState;
  /** The address that visitors will be given for a code. */
  readonly urlOf: (code: string) => string;
}

/** A new short link of somebody who takes part, to a destination the campaign allows. */
export function createLink(
  { campaign, participant, drawn, naming, urlOf }: LinkState,
  input: NewLink,
  occasion: Occasion,
): { readonly change: Change; readonly link: Link } {
  const { actor, now } = occasion;
  const creatorId = linkOwner(actor, campaign, input.creatorId);
  requireNotEnded(campaign);
  const { code, names, prefix } = named(input.slug, { campaign, drawn, naming }, occasion);
  if (creatorId === undefined) throw refuse(linkRefusals.creatorNeeded);
  const owner = requireTakingPart(participant);
  const { destinationUrl, rules, split, utm = campaign.utm } = input;
  const made = {
    code,
    campaignId: campaign.id,
    brandId: campaign.brandId,
    creatorId,
    ...checkedDestinations({ destinationUrl, rules, split }, destinationRules(campaign, urlOf(code))),
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
    entities: [addition, ...names],
    // Whoever ends the participation must find every link there is. The campaign is not held: a link is as good when it
    // was made a moment before the campaign ended, and everybody's acceptances would contend with it.
    requires: [unchanged("participant", owner), ...prefix],
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

/** The code of a new link, and what keeps it from being given again: a drawn one needs nothing but its link. */
function named(
  slug: string | undefined,
  { campaign, drawn, naming }: Pick<LinkState, "campaign" | "drawn" | "naming">,
  { actor, now }: Occasion,
): { readonly code: string; readonly names: readonly EntityChange[]; readonly prefix: readonly Requirement[] } {
  if (slug === undefined) return { code: drawn, names: [], prefix: [] };
  // It speaks for the brand: a creator's word under its name would be taken for the brand's own.
  if (!isAdmin(actor) && !isOwner(campaign, actor)) throw refuse(linkRefusals.slugNotYours);
  const own = found(naming.prefix, linkPrefixRefusals.missing, undefined, { currentState: "missing" });
  const code = codeOf(own.prefix, slug);
  if (naming.alike !== undefined) throw refuse(linkRefusals.slugTaken, undefined, { currentState: "taken" });
  const names = [created("linkName", keptName(code, campaign.brandId, now))];
  // It may be given to another brand meanwhile.
  return { code, names, prefix: [unchanged("linkPrefix", own)] };
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
