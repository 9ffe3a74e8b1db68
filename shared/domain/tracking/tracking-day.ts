/** What is known of the closing of a UTC day of clicks. */
import * as z from "zod";
import { Instant } from "../kernel/time.ts";

const count = z.int().nonnegative();

export const TrackingDay = z.object({
  /** UTC. */
  day: z.string(),
  /** By which it was closed; null when it never was. */
  rulesVersion: z.string().nullable(),
  /** Hours of the archive in which hits of it came when it may have been closed already, in order. */
  lateHours: z.array(z.string()),
  /** Whether it must be closed again: hits came later, or a campaign could not be judged. */
  isDue: z.boolean(),
  /** Campaigns that were restated, and those whose archive has less than was counted, when it was last closed. */
  restated: count,
  differing: count,
  closedAt: Instant.nullable(),
  version: z.int(),
});
export type TrackingDay = z.infer<typeof TrackingDay>;
