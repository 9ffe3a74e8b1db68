import { type Instant, plusMilliseconds } from "../kernel/time.ts";

const MINUTE_MS = 60_000;
const SHORTEST_MS = 10 * MINUTE_MS;
const LONGEST_MS = 24 * 60 * MINUTE_MS;

/**
 * When the processor is asked next about something that has waited since then: after ten minutes, and each time twice as late,
 * up to once a day. What it should have told us by itself is nearly always there before.
 */
export function askAgainAt(since: Instant, now: Instant): Instant {
  const age = Date.parse(now) - Date.parse(since);
  return plusMilliseconds(now, Math.min(LONGEST_MS, Math.max(SHORTEST_MS, age)));
}

/** When the processor is asked first about something that begins to wait now. */
export const firstLookAt = (now: Instant): Instant => askAgainAt(now, now);
