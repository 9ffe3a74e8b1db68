/** When a day is closed, and which hours of the archive it is read from. */
import { dayBefore, dayOf, type Instant, plusDays } from "../kernel/time.ts";

const HOUR_MS = 3_600_000;
const HOUR_DIGITS = 13;

const hourAt = (hour: number): string => new Date(hour * HOUR_MS).toISOString().slice(0, HOUR_DIGITS);

/** The last UTC day that is over. */
export const dayToClose = (now: Instant): string => dayOf(plusDays(now, -1));

/** The archive keeps hits for 400 days. */
const ARCHIVED_DAYS = 399;

/** The first and the last of the days that can be closed: those that are over, and that the archive still has. */
export function archivedDays(now: Instant): readonly [first: string, last: string] {
  const last = dayToClose(now);
  return [dayBefore(last, ARCHIVED_DAYS), last];
}

/** The first and the last of the days of which anything may be noted: of today, too, hits may lie where nobody would look for them. */
export const notedDays = (now: Instant): readonly [first: string, last: string] => [archivedDays(now)[0], dayOf(now)];

/** The hour in which a day is closed for the first time: what comes in it, or later, may come too late for that. */
const closingHourOf = (day: string): string => hourAt(Date.parse(day) / HOUR_MS + 26);

/** The first hour of which anything may be archived after the closing: a delivery is gathered for minutes, and named by when it began. */
const lateFrom = (day: string): string => hourAt(Date.parse(day) / HOUR_MS + 25);
const hourBefore = (day: string): string => hourAt(Date.parse(day) / HOUR_MS - 1);

/**
 * Whether an hour's objects are not, or were not all, looked into for hits of a day when it was closed: a delivery that is hours late
 * holds hits of many hours, under the name of the first.
 */
export const isUnsought = (hour: string, day: string): boolean => hour < hourBefore(day) || hour >= lateFrom(day);

/** Hits are counted again, and may be counted late, for as long as the overflow queue keeps them, and a margin. */
const COUNTED_LATE_DAYS = 17;

/** Days of which hits may still be counted, up to the last that is over. */
export function countedLately(now: Instant): readonly [first: string, last: string] {
  const last = dayToClose(now);
  return [dayBefore(last, COUNTED_LATE_DAYS), last];
}

export interface ClosingTime {
  /** By the product's clock, which dates hits. */
  readonly now: Instant;
  /** By the machine's, which names hours of the archive. The product's is never behind it, and only moves forward. */
  readonly receivedAt: Instant;
}

/**
 * UTC hours (`2026-03-01T05`) by whose names hits of a day are archived: its own, and those since, for hits that took the
 * overflow queue. And the one before: an object is named by the oldest of what it holds, so the first hits of a day lie with
 * the last of the day before. Source: Firehose developer guide, "Understand custom prefixes for Amazon S3 objects".
 */
export function hoursOf(day: string, { now, receivedAt }: ClosingTime): readonly string[] {
  const last = Math.floor(Date.parse(receivedAt) / HOUR_MS);
  const movedMs = Date.parse(now) - Date.parse(receivedAt);
  const first = Math.floor((Date.parse(day) - movedMs) / HOUR_MS) - 1;
  return Array.from({ length: last - first + 1 }, (_, hour) => hourAt(first + hour));
}

/** Whether the product's clock is that far ahead that days and hours of the archive are no longer each other's. */
export const wasMoved = ({ now, receivedAt }: ClosingTime): boolean =>
  Date.parse(now) - Date.parse(receivedAt) >= HOUR_MS;

/**
 * The same, of a day that may have been closed long ago: then up to that hour; and those in which hits of it are known to lie besides.
 * Where the product's clock was moved, nobody can tell one from the other.
 */
export function hoursToRead(
  day: string,
  { lateHours }: { readonly lateHours: readonly string[] } = { lateHours: [] },
  time: ClosingTime,
): readonly string[] {
  const hours = hoursOf(day, time);
  const isAll = wasMoved(time) || day === dayToClose(time.now);
  const own = isAll ? hours : hours.filter((hour) => hour <= closingHourOf(day));
  return [...new Set([...own, ...lateHours])].sort();
}
