import type { Review, Submission } from "#shared/domain/submissions/submission";
import type { Declaration } from "../item.ts";

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
  },
} as const satisfies Declaration<Submission>;

export const review = {
  kind: "review",
  prefix: "REVIEW",
  partition: ["campaignId", "submissionId"],
  sort: ["id"],
  appendOnly: true,
} as const satisfies Declaration<Review>;
