import type { Bucket } from "#shared/domain/tracking/bucket";
import type { Declaration } from "../item.ts";

export const hitBucket = {
  kind: "hitBucket",
  prefix: "HIT_BUCKET",
  partition: ["campaignId"],
  sort: ["day", "shard", "bucket"],
} as const satisfies Declaration<Bucket>;

/**
 * What is known of hits that may come again, by a hit's id or by a slice of a shard's time. One can come again for as long
 * as the overflow queue may keep it: SQS allows fourteen days. Three more are margin.
 */
export const countedHit = {
  kind: "countedHit",
  prefix: "COUNTED_HIT",
  partition: ["hitId"],
  sort: [],
  expires: { days: 17, after: "latestHitAt" },
} as const satisfies Declaration<{ readonly hitId: string; readonly latestHitAt: string }>;

/** The secret that visitors of a UTC day are known by. It expires two days after its own; DynamoDB then deletes it. */
export const visitorKey = {
  kind: "visitorKey",
  prefix: "VISITOR_KEY",
  partition: ["day"],
  sort: [],
  expires: { days: 3, after: "day" },
  appendOnly: true,
} as const satisfies Declaration<{ readonly day: string }>;
