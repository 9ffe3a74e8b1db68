/**
 * Nobody decided about a dispute in time. While it was open nobody could act. Who opened it when it was their own turn has let
 * that turn pass, and silence decides. Who opened it in the other side's turn has stopped the other side: that one has from now
 * on what it had left, a day at least. So nobody gains by calling an admin who does not come: a creator no price that the brand could not
 * refuse, a brand no price back for changes that the creator could not make.
 */
import type { Campaign } from "../campaigns/campaign.ts";
import { type Change, changed } from "../change.ts";
import { type Participant, type Unit, withUnit } from "../invitations/participant.ts";
import { transition } from "../kernel/lifecycle.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import { submissionLifecycle } from "../submissions/lifecycle.ts";
import { remindersOf } from "../submissions/remind-reviewer.ts";
import { reviewMsAfter, reviewMsBetween, reviewTimeOf } from "../submissions/review-window.ts";
import type { Submission } from "../submissions/submission.ts";
import type { Dispute } from "./dispute.ts";
import { disputeLifecycle } from "./lifecycle.ts";
import { sidesOf } from "./open-dispute.ts";

interface Frozen {
  readonly campaign: Campaign;
  readonly participant: Participant;
  readonly unit: Unit;
  readonly submission: Submission;
  readonly dispute: Dispute;
}

/** A turn that goes on. */
interface Turn {
  readonly of: "review" | "resubmission";
  readonly dueAt: Instant;
  readonly submission: Submission;
}

/** Lets the turn go on that the dispute has stopped; undefined where it was its opener's, or nothing of it was left. */
export function resumeDisputed(frozen: Frozen, occasion: Occasion): Change | undefined {
  const { participant, submission, unit, dispute } = frozen;
  const { now } = occasion;
  const turn = (dispute.openedFrom === "pending_review" ? reviewAgain : roundAgain)(frozen, occasion);
  if (turn === undefined) return undefined;
  const { of, dueAt } = turn;
  const going: Unit = { ...unit, state: of === "review" ? "submitted" : "open", dueAt };
  return {
    entities: [
      changed("dispute", dispute, transition(dispute, disputeLifecycle.expire, occasion, dispute)),
      changed("submission", submission, { ...turn.submission, resumedAt: now }),
      changed("participant", participant, withUnit(participant, going, now)),
    ],
    events: [{ type: "dispute.expired", detail: { ...sidesOf(frozen, dispute), of, dueAt } }],
    audit: {
      action: "dispute.expired",
      resource: { type: "dispute", id: dispute.id },
      changes: [{ field: "submission", before: submission.status, after: turn.submission.status }],
    },
  };
}

/** What is left of a turn at least: whoever it is hears of it first, and nobody gains by a dispute in its last minute. */
const TURN_AT_LEAST_MS = 24 * 3_600_000;

/** In review time, as the window was. */
function reviewAgain({ campaign, submission, dispute }: Frozen, occasion: Occasion): Turn | undefined {
  const { openedAt, openedBy, brandId } = dispute;
  if (openedBy === brandId || submission.reviewDueAt <= openedAt) return undefined;
  const time = reviewTimeOf(campaign);
  const dueAt = reviewMsAfter(occasion.now, atLeastADay(reviewMsBetween(openedAt, submission.reviewDueAt, time)), time);
  const waiting = transition(submission, submissionLifecycle.resumeReview, occasion);
  const reminders = remindersOf(occasion.now, dueAt, time);
  return { of: "review", dueAt, submission: { ...waiting, reviewDueAt: dueAt, reminders } };
}

/** Of who was removed meanwhile no further round is taken. */
function roundAgain({ participant, submission, dispute }: Frozen, occasion: Occasion): Turn | undefined {
  const { openedAt, openedBy, creatorId } = dispute;
  const { resubmissionDueAt = openedAt } = submission;
  if (openedBy === creatorId || resubmissionDueAt <= openedAt || participant.status === "inactive") return undefined;
  const dueAt = plusMilliseconds(occasion.now, atLeastADay(Date.parse(resubmissionDueAt) - Date.parse(openedAt)));
  const open = transition(submission, submissionLifecycle.resumeRound, occasion);
  return { of: "resubmission", dueAt, submission: { ...open, resubmissionDueAt: dueAt } };
}

const atLeastADay = (leftMs: number): number => Math.max(leftMs, TURN_AT_LEAST_MS);
