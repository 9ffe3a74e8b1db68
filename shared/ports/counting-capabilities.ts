/** Rows of the catalogue about what was counted: figures, restatements, and the closing of days, with which their visitors' keys go. */
import { stored } from "./capability.ts";
import type { HitCounts, TrackingDays, VisitorKeys, VisitsOfCreators } from "./tracking.ts";

export const countingCapabilities = {
  "hitCounts:read": stored<Pick<HitCounts, "ofCampaign">>()({ queries: ["hitBucket", "hitTotals", "hitShard"] }),
  "hitCounts:listDay": stored<Pick<HitCounts, "campaignsOf">>()({ gets: ["hitBucket"], lists: ["hitBucket.ofDay"] }),
  "hitCounts:restate": stored<
    Pick<HitCounts, "countedDays" | "ofDay" | "overridden" | "restate" | "yieldTo" | "expireReplaced">
  >()({
    lists: ["hitBucket.ofDay"],
    queries: ["hitBucket", "hitTotals", "hitShard"],
    writes: ["hitBucket", "hitTotals", "hitShard"],
  }),
  "creatorVisits:read": stored<Pick<VisitsOfCreators, "ofSlice">>()({ queries: ["creatorVisits"] }),
  "creatorVisits:keep": stored<Pick<VisitsOfCreators, "keep">>()({ writes: ["creatorVisits"] }),
  "visitorKeys:destroy": stored<VisitorKeys>()({ removes: ["visitorKey"] }),
  "trackingDays:read": stored<TrackingDays>()({ gets: ["trackingDay"], queries: ["trackingDay"] }),
  "trackingDays:write": stored()({ commits: ["trackingDay"] }),
} as const;
