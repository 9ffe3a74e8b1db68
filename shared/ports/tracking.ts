import type { PageCounts } from "#shared/domain/tracking/day-page";
import type { PageStore } from "#shared/domain/tracking/roll-up-batch";

/** Stored click counts. */
export interface TrackingPages extends PageStore {
  /** Pages of a campaign between two UTC days, both included. */
  ofCampaign(campaignId: string, from: string, to: string): Promise<readonly PageCounts[]>;
}
