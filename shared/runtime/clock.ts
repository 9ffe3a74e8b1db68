/**
 * The product's clock, by which it dates whatever it decides. Handlers, jobs, consumers and the click path all ask here.
 * Where tests may move time, shared/test-clock/clock.ts is bundled in this file's place.
 */

/** Milliseconds since 1970. */
export const productMs: () => number = Date.now;
/** Whether the stage has the actions that move it. */
export const hasTestClock: boolean = false;
