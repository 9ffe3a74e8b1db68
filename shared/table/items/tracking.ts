import type { Bucket, Segment, TotalsPart } from "#shared/domain/tracking/bucket";
import type { DeliveredEvent } from "#shared/domain/events/events";
import type { CreatorVisits } from "#shared/domain/tracking/creator-visits";
import type { PlatformDay } from "#shared/domain/tracking/platform-day";
import type { TrackingDay } from "#shared/domain/tracking/tracking-day";
import type { Sighting } from "#shared/domain/tracking/own-visit";
import type { ShardDay } from "../bucket-store.ts";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

/**
 * A hit can come again for as long as the overflow queue may keep it: SQS allows fourteen days. Three more are margin. Until
 * then it must be known what was counted and who the visitors of its day were, and no longer.
 */
const COMES_AGAIN_DAYS = 17;

export const hitBucket = {
  kind: "hitBucket",
  prefix: "HIT_BUCKET",
  partition: ["campaignId", "shard"],
  sort: ["day"],
  listings: {
    ofDay: { index: "kind", prefix: "HIT_BUCKETS", partition: ["day"], sort: ["campaignId", "shard"], spread: SPREAD },
  },
} as const satisfies Declaration<Bucket>;

export const hitTotals = {
  kind: "hitTotals",
  prefix: "HIT_TOTALS",
  partition: ["campaignId", "shard"],
  sort: ["day", "part"],
  expires: { at: "expiresAtSeconds" },
} as const satisfies Declaration<TotalsPart>;

/** As long as the totals whose visits they tell apart; read of one creator, and of nobody else. */
export const creatorVisits = {
  kind: "creatorVisits",
  prefix: "CREATOR_VISITS",
  partition: ["campaignId", "creatorId"],
  sort: ["day"],
} as const satisfies Declaration<CreatorVisits>;

/** Never replaced. Not `appendOnly`, which rings for whatever changes a thing: these hold nothing that anybody proves. */
export const hitSegment = {
  kind: "hitSegment",
  prefix: "HIT_SEGMENT",
  partition: ["campaignId", "day", "shard"],
  sort: ["sequence"],
  expires: { days: COMES_AGAIN_DAYS, after: "day" },
} as const satisfies Declaration<Segment>;

/** Which shards have buckets: what a campaign's figures are found by, since a shard is part of their keys. */
export const hitShard = {
  kind: "hitShard",
  prefix: "HIT_SHARD",
  partition: [],
  sort: ["day", "shard"],
} as const satisfies Declaration<ShardDay>;

/** What is known of hits that may come again, by a hit's id or by a slice of a shard's time. */
export const countedHit = {
  kind: "countedHit",
  prefix: "COUNTED_HIT",
  partition: ["hitId"],
  sort: [],
  expires: { days: COMES_AGAIN_DAYS, after: "latestHitAt" },
} as const satisfies Declaration<{ readonly hitId: string; readonly latestHitAt: string }>;

/**
 * A creator as a visitor of a UTC day: what makes hits on their own links theirs. Kept for two days after its own. It is the
 * event that says so, and the table's stream hands it on as it does those of the outbox: whoever may only read writes no others.
 */
export const sighting = {
  kind: "sighting",
  prefix: "SIGHTING",
  partition: ["creatorId", "day"],
  sort: ["visitor"],
  expires: { days: 3, after: "day" },
} as const satisfies Declaration<Sighting & DeliveredEvent<"creator.seen">>;

/**
 * The secret that visitors of a UTC day are known by. The closing of the next day destroys it; what no closing destroys expires two
 * days after its own, and DynamoDB then deletes it, some day.
 */
export const visitorKey = {
  kind: "visitorKey",
  prefix: "VISITOR_KEY",
  partition: ["day"],
  sort: [],
  expires: { days: 3, after: "day" },
  appendOnly: true,
  removable: true,
} as const satisfies Declaration<{ readonly day: string }>;

/** One a day: a partition is enough. */
export const platformDay = {
  kind: "platformDay",
  prefix: "PLATFORM_DAY",
  partition: [],
  sort: ["day"],
} as const satisfies Declaration<PlatformDay>;

export const trackingDay = {
  kind: "trackingDay",
  prefix: "TRACKING_DAY",
  partition: [],
  sort: ["day"],
} as const satisfies Declaration<TrackingDay>;
