/** Reminders to whoever reviews. The one at 100 % is the notice of what silence has decided: `submission.deemed_approved`. */
import type { Campaign } from "../campaigns/campaign.ts";
import { type Change, changed } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import { type ReviewTime, reviewShareAt } from "./review-window.ts";
import type { ReviewReminder, Submission } from "./submission.ts";

/** How much of the time to review is over when a reminder is sent. */
const PERCENTS = [50, 80] as const;

/** The reminders of one window, as its end is known now. */
export const remindersOf = (from: Instant, dueAt: Instant, time: ReviewTime): ReviewReminder[] =>
  PERCENTS.map((percent) => ({ percent, at: reviewShareAt(from, dueAt, percent, time) }));

/**
 * Reminds once of everything that has become due: of several the latest tells what the others would. Undefined when there is
 * nothing to remind of any more: decided, reminded already, or so late that silence has decided.
 */
export function remindReviewer(
  campaign: Campaign,
  submission: Submission | undefined,
  { now }: { readonly now: Instant },
): Change | undefined {
  if (submission?.status !== "pending_review" || submission.reviewDueAt <= now) return undefined;
  const latest = submission.reminders.findLast(({ at }) => at <= now);
  if (latest === undefined) return undefined;
  const reminders = submission.reminders.filter(({ at }) => at > now);
  return {
    entities: [changed("submission", submission, { ...submission, reminders, updatedAt: now })],
    events: [
      {
        type: "submission.review_due",
        detail: {
          campaignId: campaign.id,
          campaignName: campaign.name,
          brandId: campaign.brandId,
          creatorId: submission.creatorId,
          submissionId: submission.id,
          percent: latest.percent,
          reviewDueAt: submission.reviewDueAt,
        },
      },
    ],
  };
}
