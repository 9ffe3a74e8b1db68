import * as z from "zod";

/** An instant: RFC 3339, UTC, milliseconds. Such strings sort by time. */
export const Instant = z.iso.datetime({ precision: 3 }).meta({ id: "Instant" });
export type Instant = z.infer<typeof Instant>;

/** An instant as clients may write it (any precision, any offset), normalised to UTC with milliseconds, where the year has four digits, too. */
export const InstantInput = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text).toISOString())
  .pipe(Instant)
  .meta({ id: "InstantInput" });

/** A calendar day, `YYYY-MM-DD`. */
export const CalendarDay = z.iso.date();

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const plusMilliseconds = (at: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(at) + milliseconds).toISOString();
export const plusHours = (at: Instant, hours: number): Instant => plusMilliseconds(at, hours * HOUR_MS);
export const plusDays = (at: Instant, days: number): Instant => plusHours(at, days * 24);
export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
/** Its UTC day, `YYYY-MM-DD`. */
export const dayOf = (at: Instant): string => at.slice(0, "YYYY-MM-DD".length);
/** The calendar day so many days before one. */
export const dayBefore = (day: string, days: number): string => dayOf(plusDays(day, -days));
/** For DynamoDB's TTL attribute. */
export const epochSeconds = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

/** A stretch of time; both ends are included, and either may be open. */
export interface Span {
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
}

export const isWithin = ({ from, to }: Span, at: Instant): boolean =>
  (from === undefined || from <= at) && (to === undefined || at <= to);
