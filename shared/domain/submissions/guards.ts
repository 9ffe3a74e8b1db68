/** What must hold before a submission is decided. */
import type { Budget, Campaign } from "../campaigns/campaign.ts";
import type { Participant, Unit } from "../invitations/participant.ts";
import type { Guard } from "../kernel/lifecycle.ts";
import { submissionRefusals } from "./refusals.ts";
import type { Submission } from "./submission.ts";

/** What a decision looks at. */
export interface ReviewState {
  readonly campaign: Campaign;
  readonly budget: Budget;
  readonly submission: Submission;
  readonly participant: Participant;
}

/** The unit that waits for this submission's decision. */
export function waitingUnit(state: ReviewState): Unit | undefined {
  const unit = unitOf(state);
  return unit?.submissionId === state.submission.id && unit.state === "submitted" ? unit : undefined;
}

const unitOf = ({ submission, participant }: ReviewState): Unit | undefined =>
  participant.units.find((one) => one.deliverableId === submission.deliverableId && one.unit === submission.unit);

export const unitWaits: Guard<ReviewState> = {
  says: "its unit waits for this decision",
  refuses: [submissionRefusals.superseded],
  stops: (state) => {
    if (waitingUnit(state) !== undefined) return [];
    const refusal = submissionRefusals.superseded;
    return [{ refusal, detail: refusal.title, currentState: unitOf(state)?.state ?? "none" }];
  },
};
