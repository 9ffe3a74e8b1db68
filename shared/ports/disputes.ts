import type { Dispute, DisputeStatus } from "#shared/domain/disputes/dispute";
import type { Page, PageRequest } from "./page.ts";

export interface Disputes {
  /** The one about this submission. Strongly consistent. */
  get(campaignId: string, submissionId: string): Promise<Dispute | undefined>;
  /** Newest first. */
  all(filter: { readonly status?: DisputeStatus | undefined }, page: PageRequest): Promise<Page<Dispute>>;
}
