import type { HitCounter, HitCounts } from "#shared/ports/tracking";
import { storedHitCounter } from "#shared/table/repositories/hit-counter";
import { storedHitCounts } from "#shared/table/repositories/hit-counts";
import { memoryBucketStore } from "./bucket-store.ts";

/** Clicks counted in memory, and what was counted, for tests. */
export function memoryHitCounter(): HitCounter & HitCounts {
  const store = memoryBucketStore();
  return { ...storedHitCounts(store), ...storedHitCounter(store) };
}
