import { Review, Submission } from "#shared/domain/submissions/submission";
import type { Submissions } from "#shared/ports/submissions";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, newestFirst, pageOf, parsed } from "./pages.ts";

/** What a job reads of a list to look each one up: what cannot be read fails alone, and stops no other. */
const Named = Submission.pick({ campaignId: true, id: true });

export const storedSubmissions = (table: TableEngine): Submissions => ({
  get: async (campaignId, submissionId) =>
    parsed(Submission, await table.get(itemKey(items.submission, { campaignId, id: submissionId }))),
  ofCampaign: (campaignId, { status, creatorId }, page) =>
    pageOf(
      table,
      newestFirst(
        creatorId === undefined
          ? listing(items.submission, { campaignId })
          : listing(items.submission.listings.ofCreator, { campaignId, creatorId }),
      ),
      Submission,
      page,
      (submission) => status === undefined || submission.status === status,
    ),
  reminding: (now) =>
    eachOf(
      table,
      spreadListing(items.submission.listings.reminders, {}).map((part) => ranged(part, { to: now })),
      Named,
    ),
  reviews: (campaignId, submissionId, page) =>
    pageOf(table, listing(items.review, { campaignId, submissionId }), Review, page),
});
