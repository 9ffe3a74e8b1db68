/** When a brand's time to review is over. Pure calendar arithmetic in the campaign's zone, through daylight saving. */
import type * as z from "zod";
import type { Campaign, ReviewCalendar } from "../campaigns/campaign.ts";
import { OwnError } from "../kernel/own-error.ts";
import { type Instant, plusMilliseconds } from "../kernel/time.ts";
import { holidaysOf, type IsHoliday } from "./holidays.ts";
import { weekendOf } from "./weekends.ts";

/** Which time counts: all of it, or what is on working days in a zone. */
export interface ReviewTime {
  readonly calendar: z.infer<typeof ReviewCalendar>;
  /** IANA zone whose weekends and holidays do not count. */
  readonly timeZone: string;
}

export const reviewTimeOf = ({ reviewCalendar, timeline }: Campaign): ReviewTime => ({
  calendar: reviewCalendar,
  timeZone: timeline.timeZone,
});

const HOUR_MS = 3_600_000;
/** Long enough for any window there can be; a longer search would be a defect. */
const LONGEST_SEARCH_DAYS = 400;

/** The instant at which `hours` of review time have passed since `from`. */
export const reviewDueAt = (from: Instant, hours: number, time: ReviewTime): Instant =>
  reviewMsAfter(from, hours * HOUR_MS, time);

/** Review time between two instants, milliseconds. */
export function reviewMsBetween(from: Instant, to: Instant, time: ReviewTime): number {
  const end = Date.parse(to);
  let passed = 0;
  for (const span of countingSpans(Date.parse(from), time)) {
    if (span.start >= end) return passed;
    passed += Math.min(span.end, end) - span.start;
    if (span.end >= end) return passed;
  }
  throw new OwnError(`no end of the review time between ${from} and ${to} in ${time.timeZone}`);
}

/** The instant at which this share of the review time between two instants has passed. */
export const reviewShareAt = (from: Instant, to: Instant, percent: number, time: ReviewTime): Instant =>
  reviewMsAfter(from, Math.round((reviewMsBetween(from, to, time) * percent) / 100), time);

/** The instant at which so much review time has passed since `from`. */
export function reviewMsAfter(from: Instant, milliseconds: number, time: ReviewTime): Instant {
  let left = milliseconds;
  for (const { start, end } of countingSpans(Date.parse(from), time)) {
    if (left <= end - start) return plusMilliseconds(from, start + left - Date.parse(from));
    left -= end - start;
  }
  throw new OwnError(`no end of ${milliseconds} ms of review time since ${from} in ${time.timeZone}`);
}

interface Span {
  readonly start: number;
  /** Excluded. */
  readonly end: number;
}

/** The time that counts from an instant on, in order; a working day counts from midnight to midnight. */
function* countingSpans(from: number, { calendar, timeZone }: ReviewTime): Generator<Span> {
  if (calendar === "continuous") {
    yield { start: from, end: Infinity };
    return;
  }
  const dayOf = localDay(timeZone);
  const [isHoliday, weekend] = [holidaysOf(timeZone), weekendOf(timeZone)];
  let start = from;
  for (let day = 0; day < LONGEST_SEARCH_DAYS; day += 1) {
    const end = nextMidnight(start, dayOf);
    if (isWorkingDay(dayOf(start), isHoliday, weekend)) yield { start, end };
    start = end;
  }
}

type DayOf = (at: number) => string;

/** The calendar day of an instant in a zone, `YYYY-MM-DD`. */
function localDay(timeZone: string): DayOf {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (at) => format.format(at);
}

const isWorkingDay = (day: string, isHoliday: IsHoliday, weekend: readonly number[]): boolean =>
  !weekend.includes(new Date(`${day}T00:00:00.000Z`).getUTCDay()) && !isHoliday(day);

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
