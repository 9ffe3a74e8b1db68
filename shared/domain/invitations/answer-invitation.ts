import { refuseBothSides } from "../campaigns/access.ts";
import type { Deliverable } from "../campaigns/deliverable.ts";
import { type Change, changed, created, sameOwnerStatus, standing, type Unversioned } from "../change.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { known, refuse } from "../kernel/refusal.ts";
import { campaignAccount } from "../ledger/account.ts";
import { entryKeys } from "../ledger/entry-keys.ts";
import { move } from "../ledger/posting.ts";
import { fixedCurrency } from "../wallets/fix-currency.ts";
import type { WalletProfile } from "../wallets/wallet-profile.ts";
import type { Offer } from "./guards.ts";
import type { Invitation } from "./invitation.ts";
import { invitationLifecycle } from "./lifecycle.ts";
import { isUnsettled, type Participant, type Unit } from "./participant.ts";
import { participationsBefore } from "./past.ts";
import { invitationRefusals } from "./refusals.ts";

/** The invitation for its creator and for admins who answer for them; for everybody else there is none. */
export function answeredBy<Seen extends { readonly invitation?: Invitation | undefined }>(
  actor: Actor,
  creatorId: string,
  seen: Seen | undefined,
): Seen & { readonly invitation: Invitation } {
  const own = actor.roles.includes("creator") && actor.userId === creatorId;
  const { invitation } = seen ?? {};
  if (seen && invitation && (own || isAdmin(actor))) return { ...seen, invitation };
  throw refuse(invitationRefusals.notFound);
}

export interface AcceptanceState extends Offer {
  /** Of the campaign. */
  readonly deliverables: readonly Deliverable[];
  /** Of the creator's wallet. */
  readonly profile: WalletProfile | undefined;
}

/** Secures the creator's whole price out of the campaign's remaining budget, and makes them a participant. */
export function acceptInvitation(
  state: AcceptanceState,
  occasion: Occasion,
): { readonly change: Change; readonly participant: Participant } {
  const { invitation, campaign, participant: earlier } = state;
  const { now, actor } = occasion;
  requireVersion(invitation, occasion);
  refuseBothSides(campaign, invitation.creatorId, actor, "creator");
  const accepted = { ...transition(invitation, invitationLifecycle.accept, occasion, state), respondedAt: now };
  const wallet = known(state.wallet, "creator's wallet");
  const profile = known(state.profile, "wallet's profile");
  const fresh = participantOf(state, occasion);
  const joining = earlier ? changed("participant", earlier, fresh) : created("participant", fresh);
  const { campaignId, campaignName, brandId, creatorId } = invitation;
  const change: Change = {
    entities: [changed("invitation", invitation, accepted), joining, ...fixedCurrency(profile, now)],
    // The campaign's is the item that the price comes out of; the creator's wallet nobody else accepts with.
    requires: [standing(campaign), sameOwnerStatus(wallet)],
    entries: [securing(state, fresh, occasion)],
    events: [
      {
        type: "invitation.accepted",
        detail: { campaignId, campaignName, brandId, creatorId, secured: fresh.budgetAllocated },
      },
    ],
    audit: answered(invitation, "accepted", actor),
  };
  return { change, participant: joining.next };
}

function participantOf(
  { invitation, campaign, deliverables, participant: earlier }: AcceptanceState,
  { now, newId }: Occasion,
): Unversioned<"participant"> {
  const invited = deliverables.filter(({ id }) => invitation.deliverableIds.includes(id));
  const units = invited.flatMap(({ id, quantity, compensation }) =>
    Array.from({ length: quantity }, (_, at): Unit => ({
      deliverableId: id,
      unit: at + 1,
      priceMinor: compensation.amount,
      state: "open",
      rounds: 0,
      dueAt: campaign.timeline.end,
    })),
  );
  return {
    id: newId("participation"),
    campaignId: invitation.campaignId,
    brandId: invitation.brandId,
    creatorId: invitation.creatorId,
    status: "active",
    budgetAllocated: invitation.compensation,
    units,
    joinedAt: now,
    ...participationsBefore(earlier),
    createdAt: earlier?.createdAt ?? now,
    updatedAt: now,
  };
}

function securing({ invitation, campaign }: AcceptanceState, joined: Unversioned<"participant">, occasion: Occasion) {
  const { campaignId, brandId, compensation } = invitation;
  return move(
    {
      key: entryKeys.acceptance(joined.id),
      type: "securing",
      currency: compensation.currency,
      referenceId: campaignId,
      description: `Payment secured in “${campaign.name}”`,
    },
    compensation.amount,
    campaignAccount({ campaignId, brandId }, "unassigned"),
    campaignAccount({ campaignId, brandId }, "secured"),
    occasion,
  );
}

export function declineInvitation(
  invitation: Invitation,
  occasion: Occasion,
): { readonly change: Change; readonly invitation: Invitation } {
  requireVersion(invitation, occasion);
  const declined = {
    ...transition(invitation, invitationLifecycle.decline, occasion, invitation),
    respondedAt: occasion.now,
  };
  const answer = changed("invitation", invitation, declined);
  const { campaignId, campaignName, brandId, creatorId } = invitation;
  const change: Change = {
    entities: [answer],
    events: [{ type: "invitation.declined", detail: { campaignId, campaignName, brandId, creatorId } }],
    audit: answered(invitation, "declined", occasion.actor),
  };
  return { change, invitation: answer.next };
}

const answered = (invitation: Invitation, answer: "accepted" | "declined", actor: Actor) => ({
  action: `invitation.${answer}`,
  resource: { type: "campaign", id: invitation.campaignId },
  changes: [{ field: `invitation:${invitation.creatorId}`, before: invitation.status, after: answer }],
  ...actingFor(actor, invitation.creatorId),
});

/** A participant as people see them. */
export const participantView = ({ toldOfEndAt: _, ...participant }: Participant) => ({
  ...participant,
  secured: participant.units.some(isUnsettled),
  units: participant.units.map(({ deliverableId, unit, state }) => ({ deliverableId, unit, state })),
});
