import type { TestClock } from "#shared/domain/clock/test-clock";
import type { Declaration } from "../item.ts";

/** How far the product's clock is ahead. There is none on stages without a test clock. */
export const testClock = {
  kind: "testClock",
  prefix: "TEST_CLOCK",
  partition: [],
  sort: [],
} as const satisfies Declaration<TestClock>;
