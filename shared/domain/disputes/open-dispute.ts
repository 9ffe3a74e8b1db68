/** Brand or creator call an admin: until somebody decides, nobody settles the unit. */
import { type Change, changed, created } from "../change.ts";
import { type Unit, withUnit } from "../invitations/participant.ts";
import { transition } from "../kernel/lifecycle.ts";
import { money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { known } from "../kernel/refusal.ts";
import { later, plusDays } from "../kernel/time.ts";
import { disputableUnit, type ReviewState } from "../submissions/guards.ts";
import { submissionLifecycle } from "../submissions/lifecycle.ts";
import { withEvidence } from "./add-evidence.ts";
import { DECISION_DAYS, type Dispute } from "./dispute.ts";
import type { NewDispute } from "./input.ts";

export function openDispute(
  state: ReviewState,
  input: NewDispute,
  occasion: Occasion,
): { readonly change: Change; readonly dispute: Dispute } {
  const { campaign, submission, participant } = state;
  const { actor, now, newId } = occasion;
  const moved = transition(submission, submissionLifecycle.dispute, occasion, state);
  const unit = known(disputableUnit(state), "unit that may be disputed");
  const decided = plusDays(now, DECISION_DAYS);
  const dueAt = later(decided, unit.dueAt ?? decided);
  const frozen: Unit = { ...unit, state: "disputed", dueAt };
  const opening = created("dispute", {
    id: newId("dispute"),
    campaignId: campaign.id,
    submissionId: submission.id,
    brandId: campaign.brandId,
    creatorId: submission.creatorId,
    participationId: participant.id,
    deliverableId: unit.deliverableId,
    unit: unit.unit,
    price: money(unit.priceMinor, campaign.plannedBudget.currency),
    status: "open",
    openedFrom: submission.status === "pending_review" ? "pending_review" : "changes_requested",
    reason: input.reason,
    openedBy: actor.userId,
    openedAt: now,
    dueAt,
    evidence: withEvidence([], input.evidence ?? [], occasion),
    decisions: [],
    createdAt: now,
    updatedAt: now,
  });
  const dispute = opening.next;
  const change: Change = {
    entities: [
      opening,
      changed("submission", submission, moved),
      changed("participant", participant, withUnit(participant, frozen, now)),
    ],
    events: [
      {
        type: "dispute.opened",
        detail: { ...sidesOf(state, dispute), openedBy: actor.userId, reason: input.reason },
      },
    ],
    audit: {
      action: "dispute.opened",
      resource: { type: "dispute", id: dispute.id },
      changes: [{ field: "submission", before: submission.status, after: moved.status }],
    },
  };
  return { change, dispute };
}

/** What every event about a dispute says. */
export const sidesOf = ({ campaign }: Pick<ReviewState, "campaign">, { id, submissionId, creatorId }: Dispute) => ({
  campaignId: campaign.id,
  campaignName: campaign.name,
  brandId: campaign.brandId,
  creatorId,
  submissionId,
  disputeId: id,
});
