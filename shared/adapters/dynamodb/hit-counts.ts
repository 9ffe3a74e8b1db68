import type { HitCounts } from "#shared/ports/tracking";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { dynamoBucketStore } from "./bucket-store.ts";

/** Click counts on DynamoDB. */
export const dynamoHitCounts = (env: { readonly TABLE_NAME: string }): HitCounts =>
  storedHitCounts(dynamoBucketStore(env));
