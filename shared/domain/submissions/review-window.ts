/** When a brand's time to review is over. Pure calendar arithmetic in the campaign's zone, through daylight saving. */
import { OwnError } from "../kernel/own-error.ts";
import type { Instant } from "../kernel/time.ts";
import type { ReviewCalendar } from "../campaigns/campaign.ts";
import type * as z from "zod";

export interface ReviewWindow {
  readonly hours: number;
  readonly calendar: z.infer<typeof ReviewCalendar>;
  /** IANA zone whose weekends and holidays do not count. */
  readonly timeZone: string;
  /** Days off besides weekends, `YYYY-MM-DD` in that zone. None are listed for any zone yet. */
  readonly holidays?: readonly string[];
}

const HOUR_MS = 3_600_000;
/** Long enough for any window there can be; a longer search would be a defect. */
const LONGEST_SEARCH_DAYS = 400;

/** The instant at which `hours` of review time have passed since `from`. */
export function reviewDueAt(from: Instant, { hours, calendar, timeZone, holidays = [] }: ReviewWindow): Instant {
  const start = Date.parse(from);
  if (calendar === "continuous") return new Date(start + hours * HOUR_MS).toISOString();
  const dayOf = localDay(timeZone);
  let left = hours * HOUR_MS;
  let at = start;
  for (let day = 0; day < LONGEST_SEARCH_DAYS; day += 1) {
    const until = nextMidnight(at, dayOf);
    if (isWorkingDay(dayOf(at), holidays)) {
      if (left <= until - at) return new Date(at + left).toISOString();
      left -= until - at;
    }
    at = until;
  }
  throw new OwnError(`no end of ${hours} business hours since ${from} in ${timeZone}`);
}

type DayOf = (at: number) => string;

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
function localDay(timeZone: string): DayOf {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (at) => format.format(at);
}

function isWorkingDay(day: string, holidays: readonly string[]): boolean {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
}

/** First instant of the next local day, found by halving: days have 23 to 25 hours, and some zones change at midnight. */
function nextMidnight(at: number, dayOf: DayOf): number {
  const today = dayOf(at);
  let before = at;
  let after = at + 26 * HOUR_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayOf(middle) === today) before = middle;
    else after = middle;
  }
  return after;
}
