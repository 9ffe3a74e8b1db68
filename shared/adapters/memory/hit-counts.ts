import type { HitCounts } from "#shared/ports/tracking";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { memoryBucketStore } from "./bucket-store.ts";

/** Click counts in memory, for tests. */
export const memoryHitCounts = (): HitCounts => storedHitCounts(memoryBucketStore());
