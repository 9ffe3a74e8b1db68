/** Which days are compared, how far around them is read, and the record that is left. */
import { type Change, changed, created } from "../change.ts";
import { dayOf, type Instant, plusDays } from "../kernel/time.ts";
import type { Reconciliation } from "./reconciliation.ts";

/** Yesterday, and days before it whose last events may have come since: Stripe delivers for three days. */
const DAYS_BACK = 3;
/** On either side of a day: an entry is booked when its event arrives, not when the money moved. */
export const MARGIN_DAYS = 3;
/** How far back a day is made up that no run has compared, or that does not match yet. */
const DAYS_MADE_UP = 100;
/** Of those in one run, which has ten minutes: the next one goes on. */
export const MOST_MADE_UP = 14;

const midnightOf = (date: string): Instant => `${date}T00:00:00.000Z`;

/** Days before this one, the oldest first. */
const daysBefore = (now: Instant, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => dayOf(plusDays(now, at - count)));

/** Days whose records say what is still to be compared. */
export const daysToLookAt = (now: Instant): readonly string[] => daysBefore(now, DAYS_MADE_UP);

/** The days of one run, each list in its order. */
export interface DaysToCompare {
  /** What is new: never kept waiting by what is old. */
  readonly latest: readonly string[];
  /** With the time that is left. */
  readonly madeUp: readonly string[];
}

/**
 * The days that a run compares: the last ones; then days since the first comparison that no run has made, and days that do not
 * match yet, those first that were looked at longest ago: so each of them is looked at, though a run may not get through all.
 *
 * @param recorded comparisons of `daysToLookAt`, those that are there
 */
export function daysToCompare(recorded: readonly Reconciliation[], now: Instant): DaysToCompare {
  const latest = daysBefore(now, DAYS_BACK);
  const done = new Set(recorded.map(({ date }) => date));
  const [first] = [...done].sort();
  const left = first === undefined ? [] : daysToLookAt(now).filter((date) => date > first && !done.has(date));
  const unmatched = recorded
    .filter(({ status }) => status !== "matched")
    .map(({ reconciledAt, date }) => ({ date, order: `${reconciledAt} ${date}` }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ date }) => date);
  const madeUp = [...left, ...unmatched].filter((date) => !latest.includes(date)).slice(0, MOST_MADE_UP);
  return { latest, madeUp };
}

/** What must be left of a run's time for a day to be made up: it may take as long as the latest ones did. */
const LEFT_TO_MAKE_UP = 0.5;

/** As `compare`, while there is time; a day that is `left` is the next run's. */
export const whileTime =
  (compare: (date: string) => Promise<string>, shareLeft: () => number) =>
  (date: string): Promise<string> =>
    shareLeft() < LEFT_TO_MAKE_UP ? Promise.resolve("left") : compare(date);

/** What must be read to judge one day. */
export const daysAround = (date: string): readonly string[] =>
  daysBefore(plusDays(midnightOf(date), MARGIN_DAYS + 1), 2 * MARGIN_DAYS + 1);

/** A UTC day, from its first instant to the next one's. */
export const boundsOf = (date: string): readonly [from: Instant, to: Instant] => [
  midnightOf(date),
  plusDays(midnightOf(date), 1),
];

/**
 * Reads day by day, those of one call side by side, and keeps those for the next call that it asks for again: days around
 * neighbours are mostly the same.
 */
export function slidingDays<T>(load: (date: string) => Promise<readonly T[]>) {
  let held: ReadonlyMap<string, readonly T[]> = new Map();
  return async (dates: readonly string[]): Promise<readonly T[]> => {
    held = new Map(await Promise.all(dates.map(async (date) => [date, held.get(date) ?? (await load(date))] as const)));
    return [...held.values()].flat();
  };
}

/** The day's record: the latest comparison replaces the one before. */
export const recordOf = (before: Reconciliation | undefined, outcome: Omit<Reconciliation, "version">): Change => ({
  entities: [before ? changed("reconciliation", before, outcome) : created("reconciliation", outcome)],
});
