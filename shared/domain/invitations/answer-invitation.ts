import { refuseBothSides } from "../campaigns/access.ts";
import type { Deliverable } from "../campaigns/deliverable.ts";
import { type Change, changed, created, type EntityChange, standing, type Unversioned } from "../change.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import { transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { campaignAccount, move } from "../wallets/ledger.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Offer } from "./guards.ts";
import type { Invitation } from "./invitation.ts";
import { invitationLifecycle } from "./lifecycle.ts";
import { isUnsettled, type Participant, type Unit } from "./participant.ts";
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
  /** An earlier participation of the same creator. */
  readonly participant?: Participant | undefined;
}

/** Secures the creator's whole price out of the campaign's remaining budget, and makes them a participant. */
export function acceptInvitation(
  state: AcceptanceState,
  occasion: Occasion,
): { readonly change: Change; readonly participant: Participant } {
  const { invitation, campaign, participant: earlier } = state;
  const { now, actor } = occasion;
  refuseBothSides(campaign, invitation.creatorId);
  const accepted = { ...transition(invitation, invitationLifecycle.accept, occasion, state), respondedAt: now };
  const fresh = participantOf(state, now);
  const joining = earlier ? changed("participant", earlier, fresh) : created("participant", fresh);
  const { campaignId, campaignName, brandId, creatorId } = invitation;
  const change: Change = {
    entities: [changed("invitation", invitation, accepted), joining, ...fixedCurrency(state.wallet, now)],
    // The same item that the price comes out of.
    requires: [standing(campaign)],
    journals: [securing(state, occasion)],
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

/** From now on money in this currency is promised: a wallet that was never used can no longer change it. */
const fixedCurrency = (wallet: Wallet | undefined, now: Instant): EntityChange[] =>
  wallet === undefined || wallet.currencyFixed === true
    ? []
    : [changed("wallet", wallet, { ...wallet, currencyFixed: true, updatedAt: now })];

function participantOf(
  { invitation, deliverables, participant: earlier }: AcceptanceState,
  now: Instant,
): Unversioned<"participant"> {
  const invited = deliverables.filter(({ id }) => invitation.deliverableIds.includes(id));
  const units = invited.flatMap(({ id, quantity, compensation }) =>
    Array.from({ length: quantity }, (_, at): Unit => ({
      deliverableId: id,
      unit: at + 1,
      priceMinor: compensation.amount,
      state: "open",
      rounds: 0,
    })),
  );
  return {
    campaignId: invitation.campaignId,
    brandId: invitation.brandId,
    creatorId: invitation.creatorId,
    status: "active",
    budgetAllocated: invitation.compensation,
    units,
    joinedAt: now,
    createdAt: earlier?.createdAt ?? now,
    updatedAt: now,
  };
}

function securing({ invitation, campaign }: AcceptanceState, { actor, now, newId }: Occasion) {
  const { campaignId, brandId, creatorId, compensation } = invitation;
  return move(
    {
      // An invitation that is sent again has another version: each acceptance is its own business event.
      key: `acceptance:${campaignId}:${creatorId}:${invitation.version}`,
      type: "securing",
      currency: compensation.currency,
      referenceId: campaignId,
      description: `Payment secured in “${campaign.name}”`,
      actorId: actor.userId,
      at: now,
      newId,
    },
    compensation.amount,
    campaignAccount({ campaignId, brandId }, "unassigned"),
    campaignAccount({ campaignId, brandId }, "secured"),
  );
}

export function declineInvitation(
  invitation: Invitation,
  occasion: Occasion,
): { readonly change: Change; readonly invitation: Invitation } {
  const declined = { ...transition(invitation, invitationLifecycle.decline, occasion), respondedAt: occasion.now };
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
export const participantView = (participant: Participant) => ({
  ...participant,
  secured: participant.units.some(isUnsettled),
  units: participant.units.map(({ deliverableId, unit, state }) => ({ deliverableId, unit, state })),
});
