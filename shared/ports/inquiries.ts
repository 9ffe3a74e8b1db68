import type { Inquiry } from "#shared/domain/inquiries/inquiry";
import type { Instant } from "#shared/domain/kernel/time";
import type { Page, PageRequest } from "./page.ts";

export interface Inquiries {
  /** Strongly consistent. */
  get(inquiryId: string): Promise<Inquiry | undefined>;
  /** By creator, oldest first; with `creatorId`, that creator's alone. */
  ofCampaign(
    campaignId: string,
    filter: { readonly creatorId?: string | undefined; readonly status?: Inquiry["status"] | undefined },
    page: PageRequest,
  ): Promise<Page<Inquiry>>;
  /** The newest of a creator's in a campaign; one of this moment may be missing. */
  latest(campaignId: string, creatorId: string, most: number): Promise<readonly Inquiry[]>;
  /** Those that are overdue and of which nobody was reminded; read as they are asked for. */
  overdue(now: Instant): AsyncIterable<Pick<Inquiry, "id" | "campaignId">>;
}
