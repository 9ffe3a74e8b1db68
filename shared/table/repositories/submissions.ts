import { Review, Submission } from "#shared/domain/submissions/submission";
import type { Submissions } from "#shared/ports/submissions";
import type { TableEngine } from "#shared/table/engine";
import { keys, patterns } from "#shared/table/keys";
import { inTable, pageOf, parsed } from "./pages.ts";

export const storedSubmissions = (table: TableEngine): Submissions => ({
  get: async (campaignId, submissionId) =>
    parsed(Submission, await table.get(keys.submission(campaignId, submissionId))),
  ofCampaign: (campaignId, { status, creatorId }, page) =>
    pageOf(
      table,
      inTable(patterns.submissionsOfCampaign(campaignId), true),
      Submission,
      page,
      (submission) =>
        (status === undefined || submission.status === status) &&
        (creatorId === undefined || submission.creatorId === creatorId),
    ),
  reviews: (campaignId, submissionId, page) =>
    pageOf(table, inTable(patterns.reviewsOfSubmission(campaignId, submissionId)), Review, page),
});
