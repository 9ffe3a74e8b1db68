import type { HitCounter, HitCounts } from "#shared/ports/tracking";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { dynamoBucketStore } from "./bucket-store.ts";

/** Counts clicks into buckets on DynamoDB. Apart from the record, because the roll-up is used by one action alone. */
export const dynamoHitCounter = (env: { readonly TABLE_NAME: string }): HitCounter =>
  storedHitCounter(dynamoBucketStore(env));

export const dynamoHitCounts = (env: { readonly TABLE_NAME: string }): HitCounts =>
  storedHitCounts(dynamoBucketStore(env));
