/**
 * What time settles, because nobody else did: no secured money is without a date (`Unit.dueAt`), and here is what happens on
 * it. It competes with people for the same conditional write.
 */
import type { Campaign } from "../campaigns/campaign.ts";
import { type Change, changed, created } from "../change.ts";
import type { Dispute } from "../disputes/dispute.ts";
import { resumeDisputed } from "../disputes/expire-dispute.ts";
import { disputeLifecycle } from "../disputes/lifecycle.ts";
import { isUnsettled, type Participant, type Unit } from "../invitations/participant.ts";
import { releaseUntouched } from "../invitations/release-untouched.ts";
import { transition } from "../kernel/lifecycle.ts";
import { money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import { submissionLifecycle } from "../submissions/lifecycle.ts";
import type { Submission } from "../submissions/submission.ts";
import { giveBack, type Payee, payFor, type SettlementState, withSettled } from "./settle.ts";

/** A unit whose date has come, with its latest submission. */
export type OverdueUnit = Pick<Participant, "campaignId" | "creatorId"> &
  Pick<Unit, "deliverableId" | "unit" | "submissionId">;

const isOverdue = (unit: Unit, now: Instant): boolean =>
  isUnsettled(unit) && unit.dueAt !== undefined && unit.dueAt <= now;

/** Of whose units nobody can read: looking for it tells so, and holds up no other. */
const UNREADABLE = { deliverableId: "unreadable", unit: 0 } as const;

/** Every unit of these participants whose date has come, each apart. */
export async function* overdueUnits(
  participants: AsyncIterable<
    Pick<Participant, "campaignId" | "creatorId"> & { readonly units?: readonly Unit[] | undefined }
  >,
  now: Instant,
): AsyncIterable<OverdueUnit> {
  for await (const { campaignId, creatorId, units } of participants) {
    if (units === undefined) yield { campaignId, creatorId, ...UNREADABLE };
    const overdue = (units ?? []).filter((unit) => isOverdue(unit, now));
    for (const { deliverableId, unit, submissionId } of overdue) {
      yield { campaignId, creatorId, deliverableId, unit, ...(submissionId !== undefined && { submissionId }) };
    }
  }
}

export const overdueName = ({ campaignId, creatorId, deliverableId, unit }: OverdueUnit): string =>
  `${campaignId} ${creatorId} ${deliverableId} ${unit}`;

/** The unit as it is now, when it still is overdue, with the submission that it was with: another one has another date. */
const stillOverdue = (
  { units }: Participant,
  { deliverableId, unit, submissionId }: OverdueUnit,
  now: Instant,
): Unit | undefined =>
  units.find(
    (one) =>
      one.deliverableId === deliverableId &&
      one.unit === unit &&
      one.submissionId === submissionId &&
      isOverdue(one, now),
  );

export interface OverdueState extends SettlementState {
  readonly participant: Participant;
  readonly payee: Payee;
  /** The unit's latest. */
  readonly submission: Submission | undefined;
  /** About that one. */
  readonly dispute: Dispute | undefined;
}

interface Settled {
  readonly change: Change;
  /** As the run counts it. */
  readonly outcome: "approved" | "released" | "resumed";
}

/**
 * Submitted content is approved by the brand's silence; what waits for another round, or was never begun, is released; what
 * is disputed and nobody decided goes on, or becomes what it would have without the dispute. Undefined when somebody was faster.
 */
export function settleOverdue(state: OverdueState, overdue: OverdueUnit, occasion: Occasion): Settled | undefined {
  const unit = stillOverdue(state.participant, overdue, occasion.now);
  if (unit === undefined) return undefined;
  if (unit.state === "open" && unit.rounds === 0) {
    const change = releaseUntouched(state, state.participant, occasion);
    return change && { change, outcome: "released" };
  }
  const submission = known(state.submission, "unit's submission");
  if (unit.state === "disputed") return expired(state, unit, submission, occasion);
  return (unit.state === "submitted" ? deemedApproved : released)(state, unit, submission, occasion);
}

/** Nobody decided: what the dispute stopped goes on, or becomes what silence would have made of it without the dispute. */
function expired(state: OverdueState, unit: Unit, submission: Submission, occasion: Occasion): Settled {
  const dispute = known(state.dispute, "unit's dispute");
  const resumed = resumeDisputed({ ...state, unit, submission, dispute }, occasion);
  if (resumed) return { change: resumed, outcome: "resumed" };
  const over = changed("dispute", dispute, transition(dispute, disputeLifecycle.expire, occasion, dispute));
  const settle = dispute.openedFrom === "pending_review" ? deemedApproved : released;
  const { change, outcome } = settle(state, unit, submission, occasion);
  return { outcome, change: { ...change, entities: [...change.entities, over] } };
}

function deemedApproved(state: OverdueState, unit: Unit, submission: Submission, occasion: Occasion): Settled {
  const { campaign, participant } = state;
  const step = submission.status === "disputed" ? submissionLifecycle.award : submissionLifecycle.deemApproved;
  const moved = transition(submission, step, occasion);
  const verdict = created("review", {
    id: occasion.newId("review"),
    campaignId: campaign.id,
    submissionId: submission.id,
    reviewerId: occasion.actor.userId,
    decision: "approved",
    feedback: null,
    reasons: ["Nobody decided in time"],
    reviewedAt: occasion.now,
  });
  const share = { submissionId: submission.id, shareMinor: unit.priceMinor };
  const settlement = payFor(state, unit, share, occasion);
  const earned = settlement.earning?.amount ?? money(0, campaign.plannedBudget.currency);
  const change: Change = {
    ...settlement,
    entities: [
      changed("submission", submission, moved),
      changed("participant", participant, withSettled(participant, [unit], "approved", occasion)),
      verdict,
      ...settlement.entities,
    ],
    events: [
      { type: "submission.deemed_approved", detail: { ...aboutOf(campaign, submission), earned } },
      ...settlement.events,
    ],
    audit: auditOf("submission.deemed_approved", submission, moved),
  };
  return { change, outcome: "approved" };
}

function released(state: OverdueState, unit: Unit, submission: Submission, occasion: Occasion): Settled {
  const { campaign, participant } = state;
  const moved = transition(submission, submissionLifecycle.release, occasion);
  const reason = { referenceId: submission.id, description: `No further round came in “${campaign.name}”` };
  const settlement = giveBack(state, [unit], reason, occasion);
  const price = money(unit.priceMinor, campaign.plannedBudget.currency);
  const change: Change = {
    ...settlement,
    entities: [
      changed("submission", submission, moved),
      changed("participant", participant, withSettled(participant, [unit], "released", occasion)),
      ...settlement.entities,
    ],
    events: [{ type: "submission.released", detail: { ...aboutOf(campaign, submission), released: price } }],
    audit: auditOf("submission.released", submission, moved),
  };
  return { change, outcome: "released" };
}

const aboutOf = ({ id: campaignId, name, brandId }: Campaign, { id: submissionId, creatorId }: Submission) => ({
  campaignId,
  campaignName: name,
  brandId,
  creatorId,
  submissionId,
});

const auditOf = (action: string, was: Submission, next: Submission) => ({
  action,
  resource: { type: "submission", id: was.id },
  changes: [{ field: "status", before: was.status, after: next.status }],
});
