import type { TestClock } from "#shared/domain/clock/test-clock";

/** The clock of stages on which tests move time. There is one. */
export interface TestClocks {
  /** Strongly consistent. Undefined while nobody has moved it. */
  get(): Promise<TestClock | undefined>;
}
