import { type Instant, plusHours } from "../kernel/time.ts";

/** A key's last use is right to the hour: a busy key costs one write an hour, and not one a request. */
const COARSE_HOURS = 1;

export const isWorthNoting = (lastUsedAt: Instant | null, now: Instant): boolean =>
  lastUsedAt === null || plusHours(lastUsedAt, COARSE_HOURS) <= now;
