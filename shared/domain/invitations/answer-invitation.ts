import { refuseBothSides } from "../campaigns/access.ts";
import type { Budget, Campaign } from "../campaigns/campaign.ts";
import type { Deliverable } from "../campaigns/deliverable.ts";
import { actingFor } from "../campaigns/draft-campaign.ts";
import { isOpen } from "../campaigns/lifecycle.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import { type Change, changed, created, type EntityChange, unchanged } from "../change.ts";
import { type Actor, isAdmin } from "../kernel/actor.ts";
import type { NewId } from "../kernel/ids.ts";
import { transition } from "../kernel/lifecycle.ts";
import { formatMoney } from "../kernel/money.ts";
import { refuse } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { campaignAccount, move } from "../wallets/ledger.ts";
import { walletRefusals } from "../wallets/refusals.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Invitation } from "./invitation.ts";
import { invitationLifecycle } from "./lifecycle.ts";
import type { Participant, Unit } from "./participant.ts";
import { invitationRefusals } from "./refusals.ts";

interface Occasion {
  readonly actor: Actor;
  readonly now: Instant;
  readonly newId: NewId;
}

/** The invitation for its creator and for admins who answer for them; for everybody else there is none. */
export function answeredBy(actor: Actor, creatorId: string, invitation: Invitation | undefined): Invitation {
  const own = actor.roles.includes("creator") && actor.userId === creatorId;
  if (invitation === undefined || !(own || isAdmin(actor))) throw refuse(invitationRefusals.notFound);
  return invitation;
}

export interface AcceptanceState {
  readonly invitation: Invitation;
  readonly campaign: Campaign;
  readonly budget: Budget;
  /** Of the campaign. */
  readonly deliverables: readonly Deliverable[];
  /** The creator's. */
  readonly wallet: Wallet | undefined;
  /** An earlier participation of the same creator. */
  readonly earlier: Participant | undefined;
}

/** Secures the creator's whole price out of the campaign's remaining budget, and makes them a participant. */
export function acceptInvitation(
  state: AcceptanceState,
  occasion: Occasion,
): { readonly change: Change; readonly participant: Participant } {
  const { invitation, campaign } = state;
  const { now, actor } = occasion;
  refuseUnacceptable(state, now);
  const accepted = { ...transition(invitation, invitationLifecycle.accept, now), respondedAt: now };
  const participant = participantOf(state, now);
  const { campaignId, campaignName, brandId, creatorId } = invitation;
  const change: Change = {
    entities: [
      changed("invitation", invitation, accepted),
      state.earlier ? changed("participant", state.earlier, participant) : created("participant", participant),
      ...fixedCurrency(state.wallet, now),
    ],
    requires: [unchanged("campaign", campaign)],
    journals: [securing(state, occasion)],
    events: [
      {
        type: "invitation.accepted",
        detail: { campaignId, campaignName, brandId, creatorId, secured: participant.budgetAllocated },
      },
    ],
    audit: answered(invitation, "accepted", actor),
  };
  return { change, participant: { ...participant, version: (state.earlier?.version ?? 0) + 1 } };
}

function refuseUnacceptable({ invitation, campaign, budget, wallet }: AcceptanceState, now: Instant): void {
  refuseBothSides(campaign, invitation.creatorId);
  if (invitation.status !== "pending") {
    throw refuse(invitationRefusals.notPending, `The invitation is ${invitation.status}`, {
      currentState: invitation.status,
    });
  }
  if (invitation.expiresAt <= now) throw refuse(invitationRefusals.expired, `It expired on ${invitation.expiresAt}`);
  if (!isOpen(campaign, now)) {
    throw refuse(
      invitationRefusals.campaignNotOpen,
      `The campaign is ${campaign.status} until ${campaign.timeline.end}`,
      {
        currentState: campaign.status,
      },
    );
  }
  // Found out here, not when the work is done and can no longer be paid.
  if (wallet?.currency !== invitation.compensation.currency) {
    throw refuse(walletRefusals.currencyMismatch, `The campaign pays in ${invitation.compensation.currency}`);
  }
  if (budget.unassigned < invitation.compensation.amount) {
    const { currency } = budget;
    throw refuse(
      campaignRefusals.insufficientFunds,
      `The price is ${formatMoney(invitation.compensation)}; ${formatMoney({ amount: budget.unassigned, currency })} remain`,
    );
  }
}

/** From now on money in this currency is promised: a wallet that was never used can no longer change it. */
const fixedCurrency = (wallet: Wallet | undefined, now: Instant): EntityChange[] =>
  wallet === undefined || wallet.currencyFixed === true
    ? []
    : [changed("wallet", wallet, { ...wallet, currencyFixed: true, updatedAt: now })];

function participantOf({ invitation, deliverables, earlier }: AcceptanceState, now: Instant): Participant {
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
    version: 1,
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
  { actor, now }: Occasion,
): { readonly change: Change; readonly invitation: Invitation } {
  const declined = { ...transition(invitation, invitationLifecycle.decline, now), respondedAt: now };
  const { campaignId, campaignName, brandId, creatorId } = invitation;
  const change: Change = {
    entities: [changed("invitation", invitation, declined)],
    events: [{ type: "invitation.declined", detail: { campaignId, campaignName, brandId, creatorId } }],
    audit: answered(invitation, "declined", actor),
  };
  return { change, invitation: { ...declined, version: invitation.version + 1 } };
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
  secured: participant.units.some(({ state }) => state === "open" || state === "submitted"),
  units: participant.units.map(({ deliverableId, unit, state }) => ({ deliverableId, unit, state })),
});
