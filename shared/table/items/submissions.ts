import type { Review, Submission } from "#shared/domain/submissions/submission";
import type { Dispute } from "#shared/domain/disputes/dispute";
import type { Upload } from "#shared/domain/uploads/upload";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

/** When its reviewer is reminded next. */
const remindedAt = ({ reminders }: Submission): string => reminders[0]?.at ?? "";

export const submission = {
  kind: "submission",
  prefix: "SUBMISSION",
  partition: ["campaignId"],
  sort: ["id"],
  listings: {
    ofCreator: {
      index: "owner",
      prefix: "SUBMISSIONS_OF_CREATOR",
      partition: ["campaignId", "creatorId"],
      sort: ["id"],
    },
    /** Those whose reviewer is to be reminded. */
    reminders: {
      index: "due",
      prefix: "REVIEW_REMINDERS_DUE",
      partition: [],
      sort: [remindedAt, "id"],
      spread: SPREAD,
      when: ({ status, reminders }: Submission) => status === "pending_review" && reminders.length > 0,
    },
  },
} as const satisfies Declaration<Submission>;

export const review = {
  kind: "review",
  prefix: "REVIEW",
  partition: ["campaignId", "submissionId"],
  sort: ["id"],
  appendOnly: true,
} as const satisfies Declaration<Review>;

/** Forgotten when it can be handed in no more; what was handed in is on its submission. */
export const upload = {
  kind: "upload",
  prefix: "UPLOAD",
  partition: ["campaignId"],
  sort: ["id"],
  expires: { days: 2, after: "createdAt" },
} as const satisfies Declaration<Upload>;

const appealDueAt = ({ appeal }: Dispute): string => appeal?.dueAt ?? "";

/** One about a submission, for ever: its key is the submission's. */
export const dispute = {
  kind: "dispute",
  prefix: "DISPUTE",
  partition: ["campaignId"],
  sort: ["submissionId"],
  listings: {
    all: { index: "kind", prefix: "ALL_DISPUTES", partition: [], sort: ["id"], spread: SPREAD },
    /** Of appeals alone: a dispute that is open is due with its unit. */
    due: {
      index: "due",
      prefix: "DISPUTES_DUE",
      partition: [],
      sort: [appealDueAt, "id"],
      when: ({ status }: Dispute) => status === "appealed",
    },
  },
} as const satisfies Declaration<Dispute>;
