import type { CampaignSeen, CampaignSide } from "#shared/domain/campaigns/access";
import type { Budget, Campaign, CampaignStatus } from "#shared/domain/campaigns/campaign";
import type { Deliverable } from "#shared/domain/campaigns/deliverable";
import type { Instant } from "#shared/domain/kernel/time";
import type { Page, PageRequest } from "./page.ts";

export interface CampaignFilter {
  readonly status?: CampaignStatus | undefined;
}

export interface Campaigns {
  /** Strongly consistent. */
  get(campaignId: string): Promise<Campaign | undefined>;
  /** A campaign with its money and with what ties this person to it as a creator: one consistent read. */
  seenBy(campaignId: string, personId: string): Promise<CampaignSeen | undefined>;
  /** Strongly consistent; exists as long as its campaign. */
  budget(campaignId: string): Promise<Budget | undefined>;
  budgets(campaignIds: readonly string[]): Promise<readonly Budget[]>;
  /**
   * As a brand their own ones, newest first; as a creator those they are invited to (and have not refused) or take part in,
   * latest invitation first. As both: the own ones, then the others.
   */
  ofPerson(
    userId: string,
    sides: readonly CampaignSide[],
    filter: CampaignFilter,
    page: PageRequest,
  ): Promise<Page<Campaign>>;
  /** All of them, oldest first; read as they are asked for. */
  eachOfBrand(brandId: string): AsyncIterable<Campaign>;
  /** Newest first. */
  all(filter: CampaignFilter, page: PageRequest): Promise<Page<Campaign>>;
  /** All of a campaign's deliverables (their number is bounded), oldest first. */
  deliverables(campaignId: string): Promise<readonly Deliverable[]>;
  /** Those with a date up to this one that their creators were not reminded of, the earliest first; read as they are asked for. */
  deliverablesDue(until: Instant): AsyncIterable<Pick<Deliverable, "campaignId" | "id">>;
  deliverablePage(campaignId: string, page: PageRequest): Promise<Page<Deliverable>>;
  /** Campaigns whose next instant (start, or end) has come, longest overdue first; read as they are asked for. */
  due(now: Instant): AsyncIterable<Pick<Campaign, "id">>;
  /**
   * Campaigns that are active and whose budget is spent, and those whose budget cannot be read: whoever looks at them tells so.
   * Budgets are read by the hundred, as they are asked for.
   */
  spent(): AsyncIterable<Pick<Campaign, "id" | "status" | "timeline">>;
}
