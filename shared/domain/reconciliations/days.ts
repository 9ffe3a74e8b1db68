/** Which days are compared, how far around them is read, and the record that is left. */
import { type Change, changed, created } from "../change.ts";
import { type Instant, plusDays } from "../kernel/time.ts";
import type { Reconciliation } from "./reconciliation.ts";

/** Yesterday, and days before it whose last events may have come since: Stripe delivers for three days. */
const DAYS_BACK = 3;
/** On either side of a day: an entry is booked when its event arrives, not when the money moved. */
const MARGIN_DAYS = 3;

const dayOf = (at: Instant): string => at.slice(0, "YYYY-MM-DD".length);
const midnightOf = (date: string): Instant => `${date}T00:00:00.000Z`;

/** The days that a run compares, oldest first. */
export async function* daysAround(now: Instant): AsyncIterable<string> {
  for (let back = DAYS_BACK; back >= 1; back -= 1) yield await Promise.resolve(dayOf(plusDays(now, -back)));
}

/** What must be read to judge one day. */
export function windowOf(date: string): {
  readonly from: Instant;
  readonly to: Instant;
  readonly dates: readonly string[];
} {
  const from = plusDays(midnightOf(date), -MARGIN_DAYS);
  const days = 2 * MARGIN_DAYS + 1;
  return {
    from,
    to: plusDays(from, days),
    dates: Array.from({ length: days }, (_, at) => dayOf(plusDays(from, at))),
  };
}

/** The day's record: the latest comparison replaces the one before. */
export const recordOf = (before: Reconciliation | undefined, outcome: Omit<Reconciliation, "version">): Change => ({
  entities: [before ? changed("reconciliation", before, outcome) : created("reconciliation", outcome)],
});
