/** A brand's verdict: approve, reject, or ask for another round. The first two settle the unit. */
import type { Campaign } from "../campaigns/campaign.ts";
import { refuseBothSides } from "../campaigns/access.ts";
import { type Change, changed, created } from "../change.ts";
import type { DomainEvent } from "../events/events.ts";
import { type Participant, type Unit, withUnit } from "../invitations/participant.ts";
import { transition } from "../kernel/lifecycle.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import { plusDays } from "../kernel/time.ts";
import {
  giveBack,
  noSettlement,
  type Payee,
  payFor,
  type Settlement,
  type SettlementState,
  withSettled,
} from "../settlements/settle.ts";
import { type ReviewState, waitingUnit } from "./guards.ts";
import type { NewReview } from "./input.ts";
import { submissionLifecycle } from "./lifecycle.ts";
import type { Review, ReviewDecision, Submission } from "./submission.ts";

const steps = {
  approved: submissionLifecycle.approve,
  rejected: submissionLifecycle.reject,
  changes_requested: submissionLifecycle.requestChanges,
} as const;

/** What was handed in, and everything that settling it looks at. */
interface PayableState extends ReviewState, Pick<SettlementState, "brandWallet"> {
  readonly payee: Payee;
}

/** Decides a submission. A decision that comes second is refused with the first one's outcome. */
export function reviewSubmission(
  state: PayableState,
  input: NewReview,
  occasion: Occasion,
): { readonly change: Change; readonly review: Review } {
  const { campaign, submission, participant } = state;
  const { actor, now, newId } = occasion;
  refuseBothSides(campaign, submission.creatorId, actor, "brand");
  const moved = transition(submission, steps[input.decision], occasion, state);
  const unit = known(waitingUnit(state), "unit that waits for a decision");
  const outcome = outcomeOf(state, unit, input.decision, occasion);
  const decided = changed("submission", submission, { ...moved, ...outcome.submission });
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
  const { settlement } = outcome;
  const change: Change = {
    entities: [decided, changed("participant", participant, outcome.participant), verdict, ...settlement.entities],
    requires: settlement.requires,
    entries: settlement.entries,
    events: [reviewedEvent(state, review, outcome), ...settlement.events],
    audit: {
      action: `submission.${input.decision}`,
      resource: { type: "submission", id: submission.id },
      changes: [{ field: "status", before: submission.status, after: moved.status }],
      ...actingFor(actor, campaign.brandId),
    },
  };
  return { change, review };
}

interface Outcome {
  readonly participant: Participant;
  /** What it changes of the submission, besides its status. */
  readonly submission?: Pick<Submission, "resubmissionDueAt">;
  readonly settlement: Settlement;
}

function outcomeOf(state: PayableState, unit: Unit, decision: ReviewDecision, occasion: Occasion): Outcome {
  const { campaign, submission, participant } = state;
  if (decision === "changes_requested") {
    const dueAt = plusDays(occasion.now, campaign.resubmissionDays);
    const open: Unit = { ...unit, state: "open", dueAt };
    return {
      participant: withUnit(participant, open, occasion.now),
      submission: { resubmissionDueAt: dueAt },
      settlement: noSettlement,
    };
  }
  const settlement =
    decision === "approved"
      ? payFor(state, unit, { shareMinor: unit.priceMinor, submissionId: submission.id }, occasion)
      : giveBack(state, [unit], rejectionOf(campaign, submission), occasion);
  return { participant: withSettled(participant, [unit], decision, occasion), settlement };
}

const rejectionOf = ({ name }: Campaign, { id }: Submission) => ({
  referenceId: id,
  description: `Rejected content in “${name}”`,
});

function reviewedEvent(
  { campaign, submission }: ReviewState,
  review: Review,
  { submission: dates, settlement: { earning } }: Outcome,
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
      reasons: review.reasons,
      ...dates,
      earned: earning?.amount ?? null,
    },
  };
}
