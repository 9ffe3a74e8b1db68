/** Rows of the catalogue about what was counted: figures, restatements, and the closing of days. */
import { stored } from "./capability.ts";
import type { HitCounts, TrackingDays, VisitsOfCreators } from "./tracking.ts";

export const countingCapabilities = {
  "hitCounts:read": stored<Pick<HitCounts, "ofCampaign">>()({ queries: ["hitBucket", "hitTotals", "hitShard"] }),
  "hitCounts:listDay": stored<Pick<HitCounts, "campaignsOf">>()({ gets: ["hitBucket"], lists: ["hitBucket.ofDay"] }),
  "hitCounts:restate": stored<Pick<HitCounts, "countedDays" | "ofDay" | "overridden" | "restate" | "expireReplaced">>()(
    {
      lists: ["hitBucket.ofDay"],
      queries: ["hitBucket", "hitTotals", "hitShard"],
      writes: ["hitBucket", "hitTotals", "hitShard"],
    },
  ),
  "creatorVisits:read": stored<Pick<VisitsOfCreators, "ofSlice">>()({ queries: ["creatorVisits"] }),
  "creatorVisits:keep": stored<Pick<VisitsOfCreators, "keep">>()({ writes: ["creatorVisits"] }),
  "trackingDays:read": stored<TrackingDays>()({ gets: ["trackingDay"], queries: ["trackingDay"] }),
  "trackingDays:write": stored()({ commits: ["trackingDay"] }),
} as const;
