/** What must hold before a submission is decided. */
import type { Budget, Campaign } from "../campaigns/campaign.ts";
import { isUnsettled, type Participant, type Unit } from "../invitations/participant.ts";
import type { Guard, Stop } from "../kernel/lifecycle.ts";
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

/** What has become of the unit instead: settled under this submission, or gone on to another round. */
function outcomeOf(state: ReviewState): Stop {
  const unit = unitOf(state);
  if (unit?.submissionId === state.submission.id && !isUnsettled(unit)) {
    const refusal = submissionRefusals.alreadySettled;
    return { refusal, detail: `${refusal.title}: it is ${unit.state}`, currentState: unit.state };
  }
  const refusal = submissionRefusals.superseded;
  return { refusal, detail: refusal.title, currentState: unit ? "changes_requested" : "none" };
}

/**
 * The unit tells as much as the submission does: of two that decide at once, the loser may have read the submission before
 * the winner's commit and the unit after it, and hears the outcome all the same.
 */
export const unitWaits: Guard<ReviewState> = {
  says: "its unit waits for this decision",
  refuses: [submissionRefusals.superseded, submissionRefusals.alreadySettled],
  stops: (state) => (waitingUnit(state) === undefined ? [outcomeOf(state)] : []),
};

/** In the last round there is no other to ask for: the price would wait for one that never comes. */
export const roundIsLeft: Guard<ReviewState> = {
  says: `${unitWaits.says}, and has a round left`,
  refuses: [...unitWaits.refuses, submissionRefusals.roundsExhausted],
  stops: (state, occasion) => [...unitWaits.stops(state, occasion), ...roundStops(state)],
};

function roundStops({ submission, campaign: { maxRounds } }: ReviewState): readonly Stop[] {
  if (submission.round < maxRounds) return [];
  const detail = `All ${maxRounds} rounds are used: approve or reject`;
  return [{ refusal: submissionRefusals.roundsExhausted, detail, currentState: submission.status }];
}
