import type { Dispute, DisputeStatus } from "#shared/domain/disputes/dispute";
import type { Instant } from "#shared/domain/kernel/time";
import type { Page, PageRequest } from "./page.ts";

export interface Disputes {
  /** The one about this submission. Strongly consistent. */
  get(campaignId: string, submissionId: string): Promise<Dispute | undefined>;
  /** Those whose appeal nobody decided in time; read as they are asked for. */
  due(now: Instant): AsyncIterable<Pick<Dispute, "id" | "campaignId" | "submissionId">>;
  /** Newest first. */
  all(filter: { readonly status?: DisputeStatus | undefined }, page: PageRequest): Promise<Page<Dispute>>;
}
