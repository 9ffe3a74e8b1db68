/** An admin decides how a frozen unit's price is split: the first time by its one settlement, on appeal by booking it again. */
import { type Change, changed, type EntityChange } from "../change.ts";
import { campaignRefusals } from "../campaigns/refusals.ts";
import { withUnit } from "../invitations/participant.ts";
import { transition } from "../kernel/lifecycle.ts";
import { formatMoney, type Money, money } from "../kernel/money.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import { plusDays } from "../kernel/time.ts";
import { giveBack, type Payee, payFor, type Settlement, withSettled } from "../settlements/settle.ts";
import { type BookedSplit, settleAgain } from "../settlements/settle-again.ts";
import { disputedUnit, outcomeOf, type ReviewState } from "../submissions/guards.ts";
import { submissionLifecycle } from "../submissions/lifecycle.ts";
import type { Submission } from "../submissions/submission.ts";
import type { Earning } from "../wallets/earning.ts";
import type { Wallet } from "../wallets/wallet.ts";
import { refuseParty } from "./access.ts";
import { APPEAL_DAYS, type Decision, type Dispute } from "./dispute.ts";
import type { NewDecision } from "./input.ts";
import { disputeLifecycle } from "./lifecycle.ts";
import { sidesOf } from "./open-dispute.ts";
import { disputeRefusals } from "./refusals.ts";

export interface DecisionState extends ReviewState {
  readonly dispute: Dispute;
  readonly payee: Payee;
  /** What goes home goes there, and what an appeal gives the creator may have to come out of it. */
  readonly brandWallet: Wallet;
  /** What the first decision booked, and gave the creator. */
  readonly booked: BookedSplit | undefined;
  readonly earning: Earning | undefined;
}

interface Decided {
  readonly dispute: Dispute;
  readonly submission: Submission;
  readonly participant: readonly EntityChange[];
  readonly settlement: Settlement;
}

export function decideDispute(
  state: DecisionState,
  input: NewDecision,
  occasion: Occasion,
): { readonly change: Change; readonly dispute: Dispute } {
  const { dispute, submission } = state;
  const { actor, now } = occasion;
  refuseParty(dispute, actor);
  const again = dispute.status === "appealed";
  const moved = again
    ? transition(dispute, disputeLifecycle.decideAppeal, occasion, state)
    : transition(dispute, disputeLifecycle.decide, occasion);
  const { creatorShare, reason } = input;
  const decision: Decision = { creatorShare, reason, decidedBy: actor.userId, decidedAt: now, isFinal: again };
  const withDecision = { ...moved, decisions: [...dispute.decisions, decision] };
  const outcome = (again ? decidedAgain : decidedFirst)(state, creatorShare, occasion);
  const earningId = outcome.settlement.earning?.id ?? dispute.earningId;
  const written = changed("dispute", dispute, { ...withDecision, ...(earningId !== undefined && { earningId }) });
  const moves = outcome.submission === submission ? [] : [changed("submission", submission, outcome.submission)];
  const { settlement } = outcome;
  const change: Change = {
    entities: [written, ...moves, ...outcome.participant, ...settlement.entities],
    requires: settlement.requires,
    entries: settlement.entries,
    events: [decidedEvent(state, decision), ...settlement.events],
    audit: {
      action: "dispute.decided",
      resource: { type: "dispute", id: dispute.id },
      changes: [
        { field: "status", before: dispute.status, after: moved.status },
        { field: "creatorShare", before: null, after: formatMoney(creatorShare) },
      ],
    },
  };
  return { change, dispute: written.next };
}

/** Asked once nothing that has happened stands in the way: whoever lost a race hears of that. */
function requireShare({ price }: Dispute, share: Money): void {
  if (share.currency !== price.currency)
    throw refuse(campaignRefusals.currencyMismatch, `The campaign is in ${price.currency}`);
  if (share.amount > price.amount)
    throw refuse(disputeRefusals.exceedsUnit, `The unit's price is ${formatMoney(price)}`);
}

type Deciding = (state: DecisionState, share: Money, occasion: Occasion) => Omit<Decided, "dispute">;

/** The unit's one settlement. */
const decidedFirst: Deciding = (state, share, occasion) => {
  const { campaign, submission, participant } = state;
  const { amount: shareMinor } = share;
  // Read before another's commit, the dispute is still open; its unit was read after it.
  const unit = disputedUnit(state);
  if (unit === undefined) {
    const { currentState = "none" } = outcomeOf(state);
    throw refuse(disputeRefusals.alreadyDecided, undefined, { currentState });
  }
  const paid = shareMinor > 0;
  const moved = transition(submission, paid ? submissionLifecycle.award : submissionLifecycle.deny, occasion);
  requireShare(state.dispute, share);
  const heldUntil = plusDays(occasion.now, APPEAL_DAYS);
  const reason = { referenceId: submission.id, description: `Dispute decided in “${campaign.name}”` };
  const settled = withSettled(participant, [unit], paid ? "approved" : "rejected", occasion);
  return {
    submission: moved,
    participant: [changed("participant", participant, settled)],
    settlement: paid
      ? payFor(state, unit, { submissionId: submission.id, shareMinor, heldUntil }, occasion)
      : giveBack(state, [unit], reason, occasion),
  };
};

/** The first split is taken back, and another one booked. */
const decidedAgain: Deciding = (state, share, occasion) => {
  const { submission, dispute } = state;
  const { amount: shareMinor } = share;
  const booked = found(state.booked, disputeRefusals.appealClosed, undefined, { currentState: dispute.status });
  const wished = shareMinor > 0 ? submissionLifecycle.reinstate : submissionLifecycle.overturn;
  const stays = submission.status === wished.to;
  const moved = stays ? submission : transition(submission, wished, occasion);
  requireShare(dispute, share);
  const again = { ...state, price: dispute.price.amount };
  const settlement = settleAgain(again, booked, { submissionId: submission.id, shareMinor }, occasion);
  return { submission: moved, participant: stays ? [] : unitAgain(state, wished.to, occasion), settlement };
};

/** Who left and joined again has other units by now: nothing of those changes. */
function unitAgain(
  { participant, dispute }: DecisionState,
  to: "approved" | "rejected",
  { now }: Occasion,
): EntityChange[] {
  const unit = participant.units.find(
    ({ deliverableId, unit }) => deliverableId === dispute.deliverableId && unit === dispute.unit,
  );
  if (participant.id !== dispute.participationId || unit === undefined) return [];
  return [changed("participant", participant, withUnit(participant, { ...unit, state: to }, now))];
}

const decidedEvent = (state: DecisionState, { creatorShare, reason, isFinal }: Decision) => {
  const { dispute } = state;
  const returned = money(dispute.price.amount - creatorShare.amount, creatorShare.currency);
  return {
    type: "dispute.decided",
    detail: { ...sidesOf(state, dispute), creatorShare, returned, reason, isFinal },
  } as const;
};
