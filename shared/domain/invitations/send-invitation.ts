import { refuseBothSides } from "../campaigns/access.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import type { Deliverable } from "../campaigns/deliverable.ts";
import { isOpen } from "../campaigns/lifecycle.ts";
import { priceOf } from "../campaigns/price.ts";
import { type Change, changed, created, type Unversioned } from "../change.ts";
import { refusedFor, transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import { accessRefusals } from "../kernel/refusals.ts";
import { earlier, type Instant, plusDays } from "../kernel/time.ts";
import type { Account } from "../users/account.ts";
import { unsettledStops } from "./guards.ts";
import type { NewInvitation } from "./input.ts";
import type { Invitation } from "./invitation.ts";
import { invitationLifecycle, lapsed } from "./lifecycle.ts";
import { MAX_UNITS, type Participant } from "./participant.ts";
import { invitationsBefore } from "./past.ts";
import { invitationRefusals } from "./refusals.ts";

/** Days an invitation stands when its sender says nothing; never past the campaign's end. */
const DEFAULT_EXPIRY_DAYS = 14;

export interface InvitationState {
  readonly campaign: Campaign;
  readonly deliverables: readonly Deliverable[];
  /** The brand's, whoever acts for it. */
  readonly brandAccount: Account | undefined;
  /** The invited person's. */
  readonly account: Account | undefined;
  readonly existing: Invitation | undefined;
  /** Of somebody who took part before. */
  readonly participant: Participant | undefined;
}

/** Offers a creator the price of what they are asked to make. One that came to nothing may be sent again. */
export function sendInvitation(
  state: InvitationState,
  input: NewInvitation,
  occasion: Occasion,
): { readonly change: Change; readonly invitation: Invitation } {
  const { campaign, existing } = state;
  const { actor, now } = occasion;
  requireInvitable(state, input.creatorId, occasion);
  const invited = invitedDeliverables(state.deliverables, input.deliverableIds);
  refuseTooMany(invited);
  const expiresAt = expiryOf(campaign, input, now);
  const offer: Unversioned<"invitation"> = {
    campaignId: campaign.id,
    campaignName: campaign.name,
    brandId: campaign.brandId,
    creatorId: input.creatorId,
    status: "pending",
    deliverableIds: invited.map(({ id }) => id),
    compensation: { amount: priceOf(invited), currency: campaign.plannedBudget.currency },
    message: input.message ?? null,
    invitedBy: actor.userId,
    invitedAt: now,
    expiresAt,
    ...invitationsBefore(existing, now),
    createdAt: existing ? existing.createdAt : now,
    updatedAt: now,
  };
  const sending = existing ? changed("invitation", existing, offer) : created("invitation", offer);
  const { campaignId, campaignName, brandId, creatorId, compensation, message } = offer;
  const change: Change = {
    entities: [sending],
    events: [
      {
        type: "invitation.sent",
        detail: { campaignId, campaignName, brandId, creatorId, compensation, expiresAt, message },
      },
    ],
    audit: {
      action: "invitation.sent",
      resource: { type: "campaign", id: campaignId },
      changes: [
        {
          field: `invitation:${creatorId}`,
          before: existing ? lapsed(existing, occasion.now).status : null,
          after: "pending",
        },
      ],
      ...actingFor(actor, brandId),
    },
  };
  return { change, invitation: sending.next };
}

function requireInvitable(
  { campaign, brandAccount, existing, account, participant }: InvitationState,
  creatorId: string,
  occasion: Occasion,
): void {
  refuseBothSides(campaign, creatorId, occasion.actor, "brand");
  if (brandAccount?.status === "suspended")
    throw refuse(accessRefusals.ownerSuspended, undefined, { currentState: brandAccount.status });
  requireOpen(campaign, occasion.now);
  if (existing) transition(lapsed(existing, occasion.now), invitationLifecycle.renew, occasion);
  const [unsettled] = unsettledStops({ participant });
  if (unsettled) throw refusedFor(unsettled);
  requireCreator(account);
}

/** @throws Refusal for a campaign that takes no creators now. */
export function requireOpen(campaign: Campaign, now: Instant): void {
  if (isOpen(campaign, now)) return;
  const { status, timeline } = campaign;
  throw refuse(invitationRefusals.campaignNotOpen, `The campaign is ${status} until ${timeline.end}`, {
    currentState: status,
  });
}

function expiryOf({ timeline }: Campaign, { expiresAt }: NewInvitation, now: Instant): Instant {
  const until = expiresAt ?? earlier(plusDays(now, DEFAULT_EXPIRY_DAYS), timeline.end);
  if (until <= now) throw refuse(invitationRefusals.expiryNotFuture);
  return until;
}

function requireCreator(account: Account | undefined): void {
  const ready = account?.status === "active" && account.roles.includes("creator");
  if (!ready) throw refuse(invitationRefusals.noSuchCreator);
}

function invitedDeliverables(all: readonly Deliverable[], ids: readonly string[] | undefined): readonly Deliverable[] {
  if (ids === undefined) return all;
  const missing = ids.filter((id) => !all.some((deliverable) => deliverable.id === id));
  if (missing.length > 0)
    throw refuse(invitationRefusals.noSuchDeliverable, `Not of this campaign: ${missing.join(", ")}`);
  return all.filter(({ id }) => ids.includes(id));
}

function refuseTooMany(invited: readonly Deliverable[]): void {
  const units = invited.reduce((sum, { quantity }) => sum + quantity, 0);
  if (units > MAX_UNITS)
    throw refuse(invitationRefusals.tooManyUnits, `These are ${units} units, not ${MAX_UNITS} or fewer`);
}
