/** When the secrets that visitors of a UTC day are known by are destroyed. */
import { dayBefore, dayOf, type Instant } from "../kernel/time.ts";

/** A key is of use on its own day alone, however late its hits come: these bear what was made of it. One day more is for clocks that disagree. */
const KEPT_DAYS = 2;

/** Runs may have been missed, and DynamoDB's own expiry is late by days at most. */
const SOUGHT_DAYS = 30;

/** Days whose keys are 48 hours old or older, by when those began; the latest first. */
export const daysOfOldKeys = (now: Instant): readonly string[] =>
  Array.from({ length: SOUGHT_DAYS }, (_, earlier) => dayBefore(dayOf(now), KEPT_DAYS + earlier));
