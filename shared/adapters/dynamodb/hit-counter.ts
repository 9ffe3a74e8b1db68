import type { HitCounter } from "#shared/ports/tracking";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { dynamoBucketStore } from "./bucket-store.ts";

/** Counts clicks into buckets on DynamoDB. Apart from the record, because the roll-up is used by one action alone. */
export const dynamoHitCounter = (env: { readonly TABLE_NAME: string }): HitCounter =>
  storedHitCounter(dynamoBucketStore(env));
