/** What must hold before a submission is decided. */
import type { Budget, Campaign } from "../campaigns/campaign.ts";
import { isUnsettled, type Participant, type Unit } from "../invitations/participant.ts";
import type { Guard, Stop } from "../kernel/lifecycle.ts";
import { submissionRefusals } from "./refusals.ts";
import type { Submission } from "./submission.ts";

/** A submission, and the participation that says what has become of its unit. */
export interface UnitReading {
  readonly submission: Submission;
  readonly participant: Participant;
}

/** What a decision looks at. */
export interface ReviewState extends UnitReading {
  readonly campaign: Campaign;
  readonly budget: Budget;
}

/** The unit that waits for this submission's decision. */
export const waitingUnit = (state: UnitReading): Unit | undefined => unitThat(state, ["submitted"]);

/** The unit that waits for the verdict on this submission, or for the round after it: a party may dispute it, and its date may move. */
export const disputableUnit = (state: UnitReading): Unit | undefined => unitThat(state, ["submitted", "open"]);

/** The unit that was frozen under this submission. */
export const disputedUnit = (state: UnitReading): Unit | undefined => unitThat(state, ["disputed"]);

function unitThat(state: UnitReading, states: readonly Unit["state"][]): Unit | undefined {
  const unit = unitOf(state);
  return unit?.submissionId === state.submission.id && states.includes(unit.state) ? unit : undefined;
}

/** Of the participation that the submission belongs to, and no later one. */
const unitOf = ({ submission, participant }: UnitReading): Unit | undefined =>
  participant.id === submission.participationId
    ? participant.units.find((one) => one.deliverableId === submission.deliverableId && one.unit === submission.unit)
    : undefined;

/** What has become of the unit instead: settled under this submission, frozen, or gone on to another round. */
export function outcomeOf(state: UnitReading): Stop {
  const { submission, participant } = state;
  const unit = unitOf(state);
  // The creator was removed, and has joined again: what became of the unit then is for the submission to say.
  if (participant.id !== submission.participationId) return settledAs("released");
  if (unit?.submissionId !== submission.id) return waitsForAnother(unit);
  if (unit.state === "disputed") {
    const refusal = submissionRefusals.disputed;
    return { refusal, detail: refusal.title, currentState: unit.state };
  }
  return isUnsettled(unit) ? waitsForAnother(unit) : settledAs(unit.state);
}

function settledAs(state: string): Stop {
  const refusal = submissionRefusals.alreadySettled;
  return { refusal, detail: `${refusal.title}: it is ${state}`, currentState: state };
}

/** Whoever asked for changes has decided about this one; the next is another submission. */
function waitsForAnother(unit: Unit | undefined): Stop {
  const refusal = submissionRefusals.alreadySettled;
  return { refusal, detail: "It waits for its next round", currentState: unit ? "changes_requested" : "none" };
}

/**
 * The unit tells as much as the submission does: of two that decide at once, the loser may have read the submission before
 * the winner's commit and the unit after it, and hears the outcome all the same.
 */
export const unitWaits: Guard<ReviewState> = {
  says: "its unit waits for this decision",
  refuses: [submissionRefusals.alreadySettled, submissionRefusals.disputed],
  stops: (state) => (waitingUnit(state) === undefined ? [outcomeOf(state)] : []),
};

export const unitMayBeDisputed: Guard<ReviewState> = {
  says: "its unit waits for a decision, or for the round after it, and it was never disputed",
  refuses: [...unitWaits.refuses, submissionRefusals.disputedBefore],
  stops: (state) => [...(disputableUnit(state) === undefined ? [outcomeOf(state)] : []), ...secondStops(state)],
};

function secondStops({ submission: { resumedAt, status } }: ReviewState): readonly Stop[] {
  const refusal = submissionRefusals.disputedBefore;
  return resumedAt === undefined ? [] : [{ refusal, detail: refusal.title, currentState: status }];
}

/** In the last round, and of who was removed, there is no other to ask for: the price would wait for one that never comes. */
export const roundIsLeft: Guard<ReviewState> = {
  says: `${unitWaits.says}, and has a round left that its creator can hand in`,
  refuses: [...unitWaits.refuses, submissionRefusals.participantNotActive, submissionRefusals.roundsExhausted],
  stops: (state, occasion) => [...unitWaits.stops(state, occasion), ...absenceStops(state), ...roundStops(state)],
};

function absenceStops({ participant: { status } }: ReviewState): readonly Stop[] {
  if (status === "active") return [];
  const detail = "The creator was removed: approve or reject";
  return [{ refusal: submissionRefusals.participantNotActive, detail, currentState: status }];
}

function roundStops({ submission, campaign: { maxRounds } }: ReviewState): readonly Stop[] {
  if (submission.round < maxRounds) return [];
  const detail = `All ${maxRounds} rounds are used: approve or reject`;
  return [{ refusal: submissionRefusals.roundsExhausted, detail, currentState: submission.status }];
}
