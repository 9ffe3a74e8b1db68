import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { SubmittedFile } from "../uploads/upload.ts";
import { Instant } from "../kernel/time.ts";

export const SubmissionType = z.enum(["url", "file", "text"]);
/** `released`: its unit's price went back without a verdict, because time was up or its creator was removed. */
export const SubmissionStatus = z.enum([
  "pending_review", "approved", "changes_requested", "rejected", "disputed", "released",
]); // prettier-ignore
export type SubmissionStatus = z.infer<typeof SubmissionStatus>;

/** Says that so much of the time to review is over. */
export const ReviewReminder = z.object({ percent: z.int(), at: Instant });
export type ReviewReminder = z.infer<typeof ReviewReminder>;

/** A later date that the brand offers; it holds from the creator's agreement on. */
export const Extension = z.object({
  /** What would be due later: the review, or the creator's next round. */
  of: z.enum(["review", "resubmission"]),
  dueAt: Instant,
  offeredBy: z.string(),
  offeredAt: Instant,
  agreedAt: Instant.optional(),
});
export type Extension = z.infer<typeof Extension>;

/** Content handed in for one unit, one round of it. */
export const Submission = z.object({
  id: idOf("submission"),
  campaignId: idOf("campaign"),
  brandId: UserId,
  creatorId: UserId,
  participationId: idOf("participation"),
  deliverableId: idOf("deliverable"),
  unit: z.int(),
  type: SubmissionType,
  contentUrl: z.string().nullable(),
  fileId: idOf("file").nullable(),
  file: SubmittedFile.optional(),
  text: z.string().nullable(),
  description: z.string().nullable(),
  status: SubmissionStatus,
  round: z.int(),
  previousSubmissionId: idOf("submission").optional(),
  submittedAt: Instant,
  /** Its unit was due before, by its deliverable's date. Only where that is so. */
  late: z.literal(true).optional(),
  /** Silence until then approves. */
  reviewDueAt: Instant,
  /** To whoever reviews it, in order of time; those that are still to come. */
  reminders: z.array(ReviewReminder),
  /** When the next round is due, once changes were asked for; past it the unit is released. */
  resubmissionDueAt: Instant.optional(),
  extension: Extension.optional(),
  /** Since when it goes on, after a dispute that nobody decided. It is disputed no second time. */
  resumedAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Submission = z.infer<typeof Submission>;

export const ReviewDecision = z.enum(["approved", "changes_requested", "rejected"]);
export type ReviewDecision = z.infer<typeof ReviewDecision>;

/** A verdict on one submission: the brand's, or by its silence the system's. Never changed. */
export const Review = z.object({
  id: idOf("review"),
  campaignId: idOf("campaign"),
  submissionId: idOf("submission"),
  reviewerId: z.string(),
  decision: ReviewDecision,
  feedback: z.string().nullable(),
  reasons: z.array(z.string()),
  reviewedAt: Instant,
  version: z.int(),
});
export type Review = z.infer<typeof Review>;
