/** The one settlement of a unit: approve, reject or ask for another round. */
import { closedWhenEmpty } from "../campaigns/budget.ts";
import type { Campaign } from "../campaigns/campaign.ts";
import { refuseBothSides } from "../campaigns/access.ts";
import { hasEnded } from "../campaigns/lifecycle.ts";
import { type Change, changed, created, type EntityChange, standing } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { isUnsettled, type Participant, type Unit, withUnit } from "../invitations/participant.ts";
import type { Actor } from "../kernel/actor.ts";
import { transition } from "../kernel/lifecycle.ts";
import { money } from "../kernel/money.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import { accessRefusals } from "../kernel/refusals.ts";
import { plusDays } from "../kernel/time.ts";
import type { Earning } from "../wallets/earning.ts";
import type { Journal } from "../wallets/journal.ts";
import { campaignAccount, type JournalHead, move, walletAccount } from "../wallets/ledger.ts";
import { type ReviewState, waitingUnit } from "./guards.ts";
import type { NewReview } from "./input.ts";
import { submissionLifecycle } from "./lifecycle.ts";
import { submissionRefusals } from "./refusals.ts";
import type { Review } from "./submission.ts";

const steps = {
  approved: submissionLifecycle.approve,
  rejected: submissionLifecycle.reject,
  changes_requested: submissionLifecycle.requestChanges,
} as const;
/** What each decision makes of the unit. */
const unitAfter = { approved: "approved", rejected: "rejected", changes_requested: "open" } as const;

/** Decides a submission. A decision that comes second is refused with the first one's outcome. */
export function reviewSubmission(
  state: ReviewState,
  input: NewReview,
  occasion: Occasion,
): { readonly change: Change; readonly review: Review } {
  const { campaign, submission, participant } = state;
  const { actor, now, newId } = occasion;
  refuseOwnWork(state, actor);
  const decided = transition(submission, steps[input.decision], occasion, state);
  const unit = found(waitingUnit(state), submissionRefusals.superseded);
  const settled: Unit = { ...unit, state: unitAfter[input.decision] };
  const verdict = created("review", {
    id: newId("review"),
    campaignId: campaign.id,
    submissionId: submission.id,
    reviewerId: actor.userId,
    decision: input.decision,
    feedback: input.feedback ?? null,
    reasons: input.reasons,
    reviewedAt: now,
  });
  const review = verdict.next;
  const settlement = settlementOf(state, unit, input.decision, occasion);
  const change: Change = {
    entities: [
      changed("submission", submission, decided),
      changed("participant", participant, completedWhenFinal(withUnit(participant, settled, now))),
      verdict,
      ...settlement.entities,
    ],
    // What a rejection returns to depends on the campaign's status.
    requires: settlement.journals.length > 0 ? [standing(campaign)] : [],
    journals: settlement.journals,
    events: [reviewedEvent(state, review, settlement.earning), ...settlement.events],
    audit: {
      action: `submission.${input.decision}`,
      resource: { type: "submission", id: submission.id },
      changes: [{ field: "status", before: submission.status, after: decided.status }],
      ...actingFor(actor, campaign.brandId),
    },
  };
  return { change, review };
}

/** Whoever is on both sides, or made the work, does not judge it. */
function refuseOwnWork({ campaign, submission }: ReviewState, actor: Actor): void {
  refuseBothSides(campaign, submission.creatorId);
  if (actor.userId === submission.creatorId) throw refuse(accessRefusals.conflictOfInterest);
}

const completedWhenFinal = (participant: Participant): Participant =>
  participant.status === "active" && !participant.units.some(isUnsettled)
    ? { ...participant, status: "completed" }
    : participant;

interface Settlement {
  readonly entities: readonly EntityChange[];
  readonly journals: readonly Journal[];
  readonly events: readonly DomainEvent[];
  readonly earning?: Earning;
}

/** The money of a decision. Approval and rejection share one journal key: only one of them can ever be written. */
function settlementOf(state: ReviewState, unit: Unit, decision: Review["decision"], occasion: Occasion): Settlement {
  const { campaign, submission } = state;
  if (decision === "changes_requested") return { entities: [], journals: [], events: [] };
  const { creatorId } = submission;
  const head: Omit<JournalHead, "type" | "description"> = {
    key: `settlement:${campaign.id}:${creatorId}:${unit.deliverableId}:${unit.unit}`,
    currency: campaign.plannedBudget.currency,
    referenceId: submission.id,
    actorId: occasion.actor.userId,
    at: occasion.now,
    newId: occasion.newId,
  };
  const settled = decision === "approved" ? paid(state, unit, head, occasion) : returned(state, unit, head, occasion);
  return { ...settled, entities: [...settled.entities, ...closedWhenEmpty(campaign, state.budget, unit.priceMinor)] };
}

function paid(
  { campaign, submission }: ReviewState,
  unit: Unit,
  head: Omit<JournalHead, "type" | "description">,
  { now, newId }: Occasion,
): Settlement {
  const { creatorId } = submission;
  const held = campaign.creatorHoldDays > 0;
  const payment = created("earning", {
    id: newId("earning"),
    creatorId,
    campaignId: campaign.id,
    submissionId: submission.id,
    amount: money(unit.priceMinor, head.currency),
    status: held ? "pending" : "available",
    availableAt: plusDays(now, campaign.creatorHoldDays),
    createdAt: now,
    updatedAt: now,
  });
  const earning = payment.next;
  const transfer = move(
    { ...head, type: "transfer", description: `Earned in “${campaign.name}”` },
    unit.priceMinor,
    secured(campaign),
    walletAccount(creatorId, held ? "pending" : "payable"),
  );
  const detail = {
    campaignId: campaign.id,
    campaignName: campaign.name,
    creatorId,
    earningId: earning.id,
    amount: earning.amount,
  };
  const events: DomainEvent[] = held ? [] : [{ type: "earning.available", detail }];
  return { entities: [payment], journals: [transfer], events, earning };
}

/** A rejected unit's price can be promised to somebody else, or goes home to the brand when the campaign is over. */
function returned(
  { campaign }: ReviewState,
  unit: Unit,
  head: Omit<JournalHead, "type" | "description">,
  { now }: Occasion,
): Settlement {
  const over = hasEnded(campaign, now);
  const destination = over
    ? walletAccount(campaign.brandId, "available")
    : campaignAccount({ campaignId: campaign.id, brandId: campaign.brandId }, "unassigned");
  const description = `Rejected content in “${campaign.name}”`;
  const journal = move(
    { ...head, type: over ? "release" : "unsecuring", description },
    unit.priceMinor,
    secured(campaign),
    destination,
  );
  return { entities: [], journals: [journal], events: [] };
}

const secured = ({ id, brandId }: Campaign) => campaignAccount({ campaignId: id, brandId }, "secured");

function reviewedEvent(
  { campaign, submission }: ReviewState,
  review: Review,
  earning: Earning | undefined,
): DomainEvent {
  return {
    type: "submission.reviewed",
    detail: {
      campaignId: campaign.id,
      campaignName: campaign.name,
      brandId: campaign.brandId,
      creatorId: submission.creatorId,
      submissionId: submission.id,
      decision: review.decision,
      feedback: review.feedback,
      earned: earning?.amount ?? null,
    },
  };
}
