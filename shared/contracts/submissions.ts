import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { Instant } from "#shared/domain/kernel/time";
import { NewExtension, NewReview, NewSubmission } from "#shared/domain/submissions/input";
import { submissionLifecycle } from "#shared/domain/submissions/lifecycle";
import { submissionRefusals } from "#shared/domain/submissions/refusals";
import { Review, SubmissionStatus } from "#shared/domain/submissions/submission";
import { uploadRefusals } from "#shared/domain/uploads/refusals";
import { NewUpload } from "#shared/domain/uploads/upload";
import { http, list, onEvent, schedule } from "./contract.ts";
import { campaignPath, submissionPath } from "./paths.ts";
import { SubmissionView } from "./shapes.ts";

const ReviewView = Review.omit({ version: true }).meta({ id: "Review" });

export const openUpload = http({
  route: "POST /v1/uploads",
  roles: ["creator"],
  body: NewUpload,
  reply: z
    .object({
      fileId: z.string(),
      /** A form to post, with the file as its last field, `file`. */
      upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }),
      expiresAt: Instant,
    })
    .meta({ id: "UploadForm" }),
  status: 201,
  refuses: [
    campaignRefusals.notFound,
    submissionRefusals.participantNotActive,
    uploadRefusals.typeNotAllowed,
    uploadRefusals.tooLarge,
  ],
  uses: ["campaigns:read", "uploads:write", "files:receive"],
  summary: "Get a form to upload one file with; it can be handed in for a day",
  ifItFails: "creators cannot deliver files",
});

export const keepSubmittedFiles = onEvent({
  events: ["submission.created"],
  uses: ["submissions:read", "files:keep"],
  summary: "Keep what was handed in: what nobody names is deleted after some days",
  ifItFails: "files that were handed in are deleted after some days",
});

export const submitContent = http({
  route: "POST /v1/campaigns/{campaignId}/submissions",
  roles: ["creator", "admin"],
  path: campaignPath,
  body: NewSubmission,
  reply: SubmissionView,
  status: 201,
  refuses: [
    campaignRefusals.notFound,
    accessRefusals.conflictOfInterest,
    submissionRefusals.participantNotActive,
    submissionRefusals.unitTaken,
    submissionRefusals.noSuchUnit,
    submissionRefusals.roundsExhausted,
    submissionRefusals.campaignNotOpen,
    submissionRefusals.subjectNeeded,
    uploadRefusals.unknown,
    uploadRefusals.incomplete,
    uploadRefusals.mismatch,
  ],
  uses: ["campaigns:read", "participants:write", "submissions:write", "uploads:read", "files:inspect"],
  summary: "Hand in content for a unit",
  ifItFails: "creators cannot deliver",
});

export const listSubmissions = list({
  route: "GET /v1/campaigns/{campaignId}/submissions",
  roles: ["brand", "creator", "admin"],
  path: campaignPath,
  query: z.strictObject({ status: SubmissionStatus.optional() }),
  reply: SubmissionView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "submissions:list"],
  summary: "List content handed in; a creator sees only their own",
  ifItFails: "brands do not see what there is to review",
});

export const getSubmission = http({
  route: "GET /v1/campaigns/{campaignId}/submissions/{submissionId}",
  roles: ["brand", "creator", "admin"],
  path: submissionPath,
  reply: SubmissionView.extend({
    /** Of a file; for some minutes. */
    downloadUrl: z.string().optional(),
  }).meta({ id: "SubmissionWithContent" }),
  refuses: [submissionRefusals.notFound],
  uses: ["campaigns:read", "submissions:read", "files:hand-out"],
  summary: "Read one submission; a file comes with a link to download it",
  ifItFails: "brands and creators cannot open content",
});

export const reviewSubmission = http({
  route: "POST /v1/campaigns/{campaignId}/submissions/{submissionId}/reviews",
  roles: ["brand", "admin"],
  path: submissionPath,
  body: NewReview,
  reply: ReviewView,
  status: 201,
  refuses: [submissionRefusals.notFound, accessRefusals.conflictOfInterest],
  idempotency: "required",
  uses: [
    "campaigns:read",
    "participants:read",
    "submissions:read",
    "submissions:write",
    "participants:write",
    "earnings:write",
    "wallets:read",
    "platformFees:read",
    "fundings:write",
    "journal:post",
  ],
  causes: [submissionLifecycle.approve, submissionLifecycle.reject, submissionLifecycle.requestChanges],
  summary: "Approve, ask for changes, or reject: the unit's one settlement",
  ifItFails: "creators are not paid for what they made",
});

export const listReviews = list({
  route: "GET /v1/campaigns/{campaignId}/submissions/{submissionId}/reviews",
  roles: ["brand", "creator", "admin"],
  path: submissionPath,
  reply: ReviewView,
  refuses: [submissionRefusals.notFound],
  uses: ["campaigns:read", "submissions:read"],
  summary: "List a submission's reviews",
  ifItFails: "creators do not see what the brand asked for",
});

export const offerExtension = http({
  route: "POST /v1/campaigns/{campaignId}/submissions/{submissionId}/extension",
  roles: ["brand", "admin"],
  path: submissionPath,
  body: NewExtension,
  reply: SubmissionView,
  refuses: [
    submissionRefusals.notFound,
    submissionRefusals.alreadySettled,
    submissionRefusals.disputed,
    accessRefusals.conflictOfInterest,
    submissionRefusals.extensionRefused,
  ],
  uses: ["campaigns:read", "participants:read", "submissions:read", "submissions:write"],
  summary: "Offer the creator a later date, for the review or for their next round; it holds once they agree",
  ifItFails: "brands that need longer, or want to give more time, cannot ask",
});

export const agreeToExtension = http({
  route: "POST /v1/campaigns/{campaignId}/submissions/{submissionId}/extension/acceptance",
  roles: ["creator"],
  path: submissionPath,
  reply: SubmissionView,
  refuses: [
    submissionRefusals.notFound,
    submissionRefusals.alreadySettled,
    submissionRefusals.disputed,
    submissionRefusals.noExtension,
  ],
  ifMatch: "submission",
  uses: ["campaigns:read", "participants:read", "participants:write", "submissions:read", "submissions:write"],
  summary: "Agree to the later date that the brand offered",
  ifItFails: "dates that both sides want to move do not move",
});

export const remindCreators = schedule({
  job: "remind-creators",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["campaigns:read", "campaigns:listDeliverablesDue", "deliverables:write", "participants:read"],
  runs: { timeoutSeconds: 300 },
  summary: "Remind creators of what they have not begun, a day before it is due, once",
  ifItFails: "creators forget a deliverable's date, and content comes late",
});

export const remindReviewers = schedule({
  job: "remind-reviewers",
  every: "rate(15 minutes)",
  timeZone: "UTC",
  uses: ["campaigns:read", "submissions:listReminders", "submissions:read", "submissions:write"],
  runs: { timeoutSeconds: 300 },
  summary: "Remind brands of content whose time to review runs out: at 50 and 80 % of it, each once",
  ifItFails: "brands learn that content was approved by their silence, and not before",
});
