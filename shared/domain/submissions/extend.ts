/** A later date, by consent: the brand offers it, and it holds once the creator agrees. */
import type { Campaign } from "../campaigns/campaign.ts";
import { refuseBothSides } from "../campaigns/access.ts";
import { type Change, changed } from "../change.ts";
import { type Unit, withUnit } from "../invitations/participant.ts";
import { requireVersion } from "../kernel/if-match.ts";
import { actingFor, type Occasion } from "../kernel/occasion.ts";
import { refusedFor } from "../kernel/lifecycle.ts";
import { known, refuse } from "../kernel/refusal.ts";
import { earlier, type Instant, later, plusDays } from "../kernel/time.ts";
import { disputableUnit, outcomeOf, type UnitReading } from "./guards.ts";
import type { NewExtension } from "./input.ts";
import { submissionRefusals } from "./refusals.ts";
import { remindersOf } from "./remind-reviewer.ts";
import { reviewDueAt, reviewTimeOf } from "./review-window.ts";
import type { Extension, Submission } from "./submission.ts";

/** By how much one offer may move a date: no money waits for ever. */
const LONGEST_EXTENSION_DAYS = 90;
/** By how much all of them may, since it was handed in: review time is counted over 400 days at most (review-window.ts). */
const LATEST_DAYS = 365;

export interface ExtensionState extends UnitReading {
  readonly campaign: Campaign;
}

interface Extended {
  readonly change: Change;
  readonly submission: Submission;
}

/** Offers a later date for what is due next: the review, or the next round. A new offer replaces one that is open. */
export function offerExtension(state: ExtensionState, input: NewExtension, occasion: Occasion): Extended {
  const { campaign, submission } = state;
  const { actor, now } = occasion;
  refuseBothSides(campaign, submission.creatorId, actor, "brand");
  const due = dueOf(state);
  const dueAt = "hours" in input ? reviewDueAt(due.at, input.hours, reviewTimeOf(campaign)) : input.until;
  const latest = earlier(plusDays(due.at, LONGEST_EXTENSION_DAYS), plusDays(submission.submittedAt, LATEST_DAYS));
  if (dueAt <= later(due.at, now) || dueAt > latest)
    throw refuse(submissionRefusals.extensionRefused, `It must be after ${later(due.at, now)} and not after ${latest}`);
  const offer: Extension = { of: due.of, dueAt, offeredBy: actor.userId, offeredAt: now };
  const offered = changed("submission", submission, { ...submission, extension: offer, updatedAt: now });
  const change: Change = {
    entities: [offered],
    events: [{ type: "submission.extension_offered", detail: detailOf(state, offer) }],
    audit: {
      action: "submission.extension_offered",
      resource: { type: "submission", id: submission.id },
      changes: [{ field: "extension", before: submission.extension?.dueAt ?? null, after: dueAt }],
      ...actingFor(actor, campaign.brandId),
    },
  };
  return { change, submission: offered.next };
}

/** The creator agrees: the date moves, and the reminders of a review with it. */
export function agreeToExtension(state: ExtensionState, occasion: Occasion): Extended {
  const { campaign, submission, participant } = state;
  const { now } = occasion;
  requireVersion(submission, occasion);
  const due = dueOf(state);
  const offer = submission.extension;
  if (offer?.of !== due.of || offer.agreedAt !== undefined || offer.dueAt <= later(due.at, now))
    throw refuse(submissionRefusals.noExtension, undefined, { currentState: submission.status });
  const moved = changed("submission", submission, {
    ...submission,
    ...datesOf(campaign, submission, offer, now),
    extension: { ...offer, agreedAt: now },
    updatedAt: now,
  });
  const unit: Unit = { ...due.unit, dueAt: offer.dueAt };
  const change: Change = {
    entities: [moved, changed("participant", participant, withUnit(participant, unit, now))],
    events: [{ type: "submission.extension_agreed", detail: detailOf(state, offer) }],
    audit: {
      action: "submission.extension_agreed",
      resource: { type: "submission", id: submission.id },
      changes: [{ field: `${offer.of}DueAt`, before: due.at, after: offer.dueAt }],
    },
  };
  return { change, submission: moved.next };
}

interface Due {
  readonly of: Extension["of"];
  readonly at: Instant;
  readonly unit: Unit;
}

/** What is due next about a submission. @throws Refusal with the outcome, when its unit waits for nothing any more. */
function dueOf(state: ExtensionState): Due {
  const unit = disputableUnit(state);
  if (unit === undefined) throw refusedFor(outcomeOf(state));
  const of = unit.state === "submitted" ? "review" : "resubmission";
  return { of, at: known(unit.dueAt, "unsettled unit's date"), unit };
}

function datesOf(campaign: Campaign, { submittedAt }: Submission, { of, dueAt }: Extension, now: Instant) {
  if (of === "resubmission") return { resubmissionDueAt: dueAt };
  // A reminder whose moment is over, by the new window as well, is not sent again.
  const reminders = remindersOf(submittedAt, dueAt, reviewTimeOf(campaign)).filter(({ at }) => at > now);
  return { reviewDueAt: dueAt, reminders };
}

const detailOf = ({ campaign, submission }: ExtensionState, { of, dueAt }: Extension) => ({
  campaignId: campaign.id,
  campaignName: campaign.name,
  brandId: campaign.brandId,
  creatorId: submission.creatorId,
  submissionId: submission.id,
  of,
  dueAt,
});
