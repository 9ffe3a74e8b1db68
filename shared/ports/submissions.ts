import type { Review, Submission, SubmissionStatus } from "#shared/domain/submissions/submission";
import type { Instant } from "#shared/domain/kernel/time";
import type { Page, PageRequest } from "./page.ts";

export interface SubmissionFilter {
  readonly status?: SubmissionStatus | undefined;
  readonly creatorId?: string | undefined;
}

export interface Submissions {
  get(campaignId: string, submissionId: string): Promise<Submission | undefined>;
  /** Newest first; with `creatorId`, that creator's alone, as an index has them: the latest may be missing for a moment. */
  ofCampaign(campaignId: string, filter: SubmissionFilter, page: PageRequest): Promise<Page<Submission>>;
  /** Those about which a reminder is due, the longest due first. */
  reminding(now: Instant): AsyncIterable<Pick<Submission, "campaignId" | "id">>;
  /** Oldest first. */
  reviews(campaignId: string, submissionId: string, page: PageRequest): Promise<Page<Review>>;
}
