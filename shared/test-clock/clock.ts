/** What shared/runtime/clock.ts is on stages where tests move time: the machine's clock, and how far the product's is ahead. */

/** An invocation is alone in its process, and keeps to the offset it began with. */
let aheadMs = 0;

export const productMs = (): number => Date.now() + aheadMs;
export const hasTestClock: boolean = true;

/** Before an invocation begins. */
export const setAhead = (seconds: number): void => {
  aheadMs = seconds * 1000;
};
