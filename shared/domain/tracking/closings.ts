/** Which UTC days of clicks are to be closed, and what follows when one is. */
import { type AuditNote, type Change, changed, created, differences } from "../change.ts";
import { known as noted } from "../kernel/refusal.ts";
import { dayBefore, type Instant } from "../kernel/time.ts";
import { RULES_VERSION } from "./classification.ts";
import type { DayVerdict } from "./close-day.ts";
import { type ClosingTime, dayToClose, isUnsought, notedDays, wasMoved } from "./closing-time.ts";
import type { TrackingDay } from "./tracking-day.ts";

/** Other days that one run closes: each is read from the archive. */
const MOST_AGAIN = 5;

/**
 * Nights on which a day is looked at again whose archive had less: the stream keeps hits for a week, for a Firehose that is kept from
 * it, and that tries to deliver for a day.
 */
const DIFFERING_NIGHTS = 8;

/**
 * Has each day that is over be due, from the first of which anything is known: what is written down before a day is closed is closed
 * some night, however many runs are missed, and whatever dies meanwhile.
 * @param counted days of which anything was counted; asked for where no day was ever noted
 */
export function noteDaysOver(
  known: readonly TrackingDay[],
  counted: readonly string[],
  now: Instant,
): readonly Change[] {
  const last = dayToClose(now);
  const noted = new Set(known.map(({ day }) => day));
  const [first = last] = [...noted, ...counted].sort();
  const changes: Change[] = [];
  for (let day = last; day >= first; day = dayBefore(day, 1))
    if (!noted.has(day)) changes.push({ entities: [created("trackingDay", neverClosed(day))] });
  return changes;
}

/**
 * Days besides the last that is over: those that are due, those of which more may have come, those that shards override, and those that
 * were closed under other rules; of each the latest first, but of those of which more may have come
 * the oldest, which are looked at no more first; and only so many at once. None that is not over.
 * @param closed by this run, the last that is over: what could not be judged is left to the next
 * @param overridden days of which shards have counted more than was restated
 */
export function daysToCloseAgain(
  known: readonly TrackingDay[],
  closed: string,
  overridden: readonly string[],
): readonly string[] {
  const over = known.filter(({ day }) => day < closed);
  const latest = over.toReversed();
  const asked = [
    latest.filter(({ isDue }) => isDue),
    over.filter(({ day, differing }) => differing > 0 && day >= dayBefore(closed, DIFFERING_NIGHTS)),
    latest.filter(({ day }) => overridden.includes(day)),
    latest.filter(({ rulesVersion }) => rulesVersion !== RULES_VERSION),
  ];
  return [...new Set(asked.flat().map(({ day }) => day))].slice(0, MOST_AGAIN);
}

/**
 * Notes the hours in which hits of other days were found though nobody looks for them there: in an hour that is known, whoever closes the
 * day reads them. That may be a day that is not over. Where the product's clock was moved, all hours are read.
 * @param ofOthers by day
 */
function noteLateHours(
  known: readonly TrackingDay[],
  ofOthers: ReadonlyMap<string, ReadonlySet<string>>,
  time: ClosingTime,
): readonly Change[] {
  if (wasMoved(time)) return [];
  const days = new Map(known.map((one) => [one.day, one]));
  return [...ofOthers].flatMap(([day, hours]): readonly Change[] => {
    if (!isNotable(day, time.now)) return [];
    const before = days.get(day);
    const late = [...hours].filter((hour) => isUnsought(hour, day) && !before?.lateHours.includes(hour));
    if (late.length === 0) return [];
    const next = {
      ...(before ?? neverClosed(day)),
      lateHours: [...(before?.lateHours ?? []), ...late].sort(),
      isDue: true,
    };
    return [{ entities: [before ? changed("trackingDay", before, next) : created("trackingDay", next)] }];
  });
}

/** What a line of the archive says need not be a day, nor one that has begun. */
function isNotable(day: string, now: Instant): boolean {
  const [first, last] = notedDays(now);
  return !Number.isNaN(Date.parse(day)) && day >= first && day <= last;
}

const neverClosed = (day: string): Omit<TrackingDay, "version"> => ({
  ...{ day, rulesVersion: null, lateHours: [], isDue: true },
  ...{ restated: 0, differing: 0, closedAt: null },
});

/** What there was of a day when it was closed. */
export interface Closing {
  /** Of campaigns; of fewer than there are, some could not be judged. */
  readonly verdicts: readonly DayVerdict["is"][];
  readonly campaigns: number;
  /** Hours in which hits of other days were found, by day. */
  readonly ofOthers: ReadonlyMap<string, ReadonlySet<string>>;
}

/** All that follows from the closing of a day that was noted, to be written one by one. @param known every day of which anything is known */
export function closingOf(
  known: readonly TrackingDay[],
  day: string,
  closing: Closing,
  time: ClosingTime,
): readonly Change[] {
  const before = noted(
    known.find((one) => one.day === day),
    `closing of ${day}`,
  );
  const closed = closedDay(before, closing, time.now);
  return [...noteLateHours(known, closing.ofOthers, time), ...(closed ? [closed] : [])];
}

/** A day is closed. Closed again with the same result it stays as it is, and whoever was restated then still is. */
function closedDay(before: TrackingDay, { verdicts, campaigns }: Closing, now: Instant): Change | undefined {
  const of = (...names: readonly DayVerdict["is"][]) => verdicts.filter((is) => names.includes(is)).length;
  const restated = of("restated", "recounted");
  const found = { isDue: verdicts.length < campaigns, rulesVersion: RULES_VERSION, differing: of("differs") };
  const result = { ...found, ...(restated > 0 && { restated }), closedAt: now };
  const next = { ...before, ...result };
  const changes = differences(before, next, ["rulesVersion", "isDue", "restated", "differing"]) ?? [];
  if (restated === 0 && changes.length === 0) return undefined;
  return { entities: [changed("trackingDay", before, next)], ...auditOf(restated, before.day, changes) };
}

/** What people are shown of a day is changed: that is written down. */
const auditOf = (restated: number, day: string, changes: NonNullable<AuditNote["changes"]>): Pick<Change, "audit"> =>
  restated === 0
    ? {}
    : { audit: { action: "tracking_day.restated", resource: { type: "tracking_day", id: day }, changes } };
