/** When a schedule comes next. Pure calendar arithmetic on EventBridge Scheduler's expressions. */
import { OwnError } from "../kernel/own-error.ts";
import type { Instant } from "../kernel/time.ts";

export interface JobSchedule {
  /** `rate(15 minutes)`, or `cron(…)` of minute, hour, day of month, month, day of week (1 is Sunday) and year. */
  readonly expression: string;
  /** IANA zone that a cron expression is read in. */
  readonly timeZone: string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const UNITS_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;
const RATE = /^rate\((\d+) (minute|hour|day)s?\)$/;
const CRON = /^cron\(([\d*,/-]+) ([\d*,/-]+) ([\d*?,/-]+) ([\d*,/-]+) ([\d*?,/-]+) ([\d*,/-]+)\)$/;
/** Long enough for a leap day that falls on a day of the week; a longer search would be a defect. */
const LONGEST_SEARCH_DAYS = 30 * 366;

/**
 * The first instant after `now` at which a schedule invokes its job.
 *
 * A rate has no start of ours, so Scheduler counts from when it made the schedule: only a run that it began tells where it
 * stands. Before the first one the latest moment that it can be is given. Source: EventBridge Scheduler user guide,
 * "Schedule types".
 *
 * @param lastBegan of the last run that the schedule itself began
 * @throws OwnError for an expression that is none of these
 */
export function nextRunAt({ expression, timeZone }: JobSchedule, now: Instant, lastBegan?: Instant): Instant {
  const [, count, unit] = RATE.exec(expression) ?? [];
  if (count !== undefined) return nextOfRate(Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS], now, lastBegan);
  const fields = CRON.exec(expression)?.slice(1);
  if (fields === undefined) throw new OwnError(`it cannot be told when ${expression} comes`);
  return nextOfCron(fields, timeZone, Date.parse(now));
}

function nextOfRate(everyMs: number, now: Instant, lastBegan: Instant = now): Instant {
  const passed = Math.max(Date.parse(now) - Date.parse(lastBegan), 0);
  return new Date(Date.parse(lastBegan) + (Math.floor(passed / everyMs) + 1) * everyMs).toISOString();
}

function nextOfCron(fields: readonly string[], timeZone: string, nowMs: number): Instant {
  const [minutes, hours, daysOfMonth, months, daysOfWeek, years] = fields.map(valuesOf) as [Is, Is, Is, Is, Is, Is];
  const isDay = (day: Date): boolean =>
    years(day.getUTCFullYear()) &&
    months(day.getUTCMonth() + 1) &&
    daysOfMonth(day.getUTCDate()) &&
    daysOfWeek(day.getUTCDay() + 1);
  const times = Array.from({ length: DAY_MS / MINUTE_MS }, (_, minute) => minute * MINUTE_MS).filter(
    (atMs) => hours(Math.floor(atMs / HOUR_MS)) && minutes((atMs % HOUR_MS) / MINUTE_MS),
  );
  const wallClock = wallClockOf(timeZone);
  const today = Math.floor(wallClock(nowMs) / DAY_MS) * DAY_MS;
  for (let day = today; day < today + LONGEST_SEARCH_DAYS * DAY_MS; day += DAY_MS) {
    if (!isDay(new Date(day))) continue;
    const next = times.map((atMs) => instantOf(day + atMs, wallClock)).find((at) => at !== undefined && at > nowMs);
    if (next !== undefined) return new Date(next).toISOString();
  }
  throw new OwnError(`cron(${fields.join(" ")}) never comes again`);
}

type Is = (value: number) => boolean;

/** A field of a cron expression: `*`, `?`, `5`, `1-5`, `0/15`, and lists of these. */
function valuesOf(field: string): Is {
  const parts = field.split(",").map((part): Is => {
    const [, from = "", to, step] = /^(\d+|\*|\?)(?:-(\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
    if (from === "") throw new OwnError(`${part} is no part of a cron expression`);
    const first = Number.isNaN(Number(from)) ? 0 : Number(from);
    const isOpen = Number.isNaN(Number(from)) || step !== undefined;
    const last = to === undefined ? (isOpen ? Infinity : first) : Number(to);
    return (value) => value >= first && value <= last && (value - first) % Number(step ?? 1) === 0;
  });
  return (value) => parts.some((is) => is(value));
}

/** What clocks in a zone show at an instant, as if it were UTC. */
type WallClock = (atMs: number) => number;

function wallClockOf(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (atMs) => {
    const shown = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
}

/**
 * When clocks in a zone first show this. Undefined when they skip it: Scheduler leaves out what falls into the hour that
 * spring takes, and runs once in the hour that autumn repeats. Source: EventBridge Scheduler user guide, "Daylight savings
 * time on EventBridge Scheduler".
 */
function instantOf(shownMs: number, wallClock: WallClock): number | undefined {
  // Offsets change at most once within two days.
  const offsets = [shownMs - DAY_MS, shownMs + DAY_MS].map((around) => wallClock(around) - around);
  return offsets
    .map((offset) => shownMs - offset)
    .sort((one, other) => one - other)
    .find((at) => wallClock(at) === shownMs);
}
