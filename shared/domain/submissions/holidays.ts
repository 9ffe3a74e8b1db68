/** Which days are off in a time zone, besides weekends. Days are `YYYY-MM-DD` as that zone has them. */
import { primaryTimeZone } from "../kernel/time-zone.ts";
import { holidayCalendars, type HolidayRule } from "./holiday-calendars.ts";

/** Whether a day is a holiday. */
export type IsHoliday = (day: string) => boolean;

/** The holidays of a zone, by any of its names; none where the house has no calendar. */
export function holidaysOf(timeZone: string): IsHoliday {
  const zone = primaryTimeZone(timeZone) ?? timeZone;
  const rules = holidayCalendars.find(({ zones }) => zones.includes(zone))?.rules;
  if (rules === undefined) return () => false;
  const years = new Map<number, ReadonlySet<string>>();
  const inYear = (year: number): ReadonlySet<string> => {
    const known = years.get(year) ?? holidaysIn(year, rules);
    years.set(year, known);
    return known;
  };
  // The day off for a New Year's Day on a Saturday is in the year before.
  return (day) => [0, 1].some((more) => inYear(Number(day.slice(0, 4)) + more).has(day));
}

/** All of a year, with the weekdays that stand in for those on weekends. */
export function holidaysIn(year: number, rules: readonly HolidayRule[]): ReadonlySet<string> {
  const days = new Set(rules.flatMap((rule) => daysOf(rule, year)));
  for (const rule of rules) {
    if (!("day" in rule) || rule.instead === undefined) continue;
    const at = new Date(Date.UTC(year, rule.month - 1, rule.day));
    if (isWeekend(at)) days.add(spelled(rule.instead === "nearest" ? nearestWeekday(at) : nextFree(at, days)));
  }
  return days;
}

function daysOf(rule: HolidayRule, year: number): readonly string[] {
  if ("dates" in rule) return rule.dates.filter((date) => date.startsWith(`${year}-`));
  if ("easter" in rule) return [spelled(plus(easterSunday(year), rule.easter))];
  if ("day" in rule) return [spelled(new Date(Date.UTC(year, rule.month - 1, rule.day)))];
  return [spelled(nthWeekday(year, rule))];
}

function nthWeekday(
  year: number,
  { month, weekday, nth }: { readonly month: number; readonly weekday: number; readonly nth: number | "last" },
): Date {
  if (nth === "last") {
    const end = new Date(Date.UTC(year, month, 0));
    return plus(end, -((end.getUTCDay() - weekday + 7) % 7));
  }
  const start = new Date(Date.UTC(year, month - 1, 1));
  return plus(start, ((weekday - start.getUTCDay() + 7) % 7) + 7 * (nth - 1));
}

/** In the Gregorian calendar, by Gauss's rule with its two exceptions (Zeller, "Kalender-Formeln"; Knuth, TAOCP 1.3.2, exercise 14). */
function easterSunday(year: number): Date {
  const golden = (year % 19) + 1;
  const century = Math.floor(year / 100) + 1;
  const solar = Math.floor((3 * century) / 4) - 12;
  const lunar = Math.floor((8 * century + 5) / 25) - 5;
  const sunday = Math.floor((5 * year) / 4) - solar - 10;
  const age = (((11 * golden + 20 + lunar - solar) % 30) + 30) % 30;
  const epact = (age === 25 && golden > 11) || age === 24 ? age + 1 : age;
  const moon = 44 - epact < 21 ? 74 - epact : 44 - epact;
  return new Date(Date.UTC(year, 2, moon + 7 - ((sunday + moon) % 7)));
}

const plus = (at: Date, days: number): Date =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + days));
const spelled = (at: Date): string => at.toISOString().slice(0, 10);
const isWeekend = (at: Date): boolean => at.getUTCDay() === 0 || at.getUTCDay() === 6;
const nearestWeekday = (at: Date): Date => plus(at, at.getUTCDay() === 6 ? -1 : 1);

function nextFree(at: Date, taken: ReadonlySet<string>): Date {
  const next = plus(at, 1);
  return isWeekend(next) || taken.has(spelled(next)) ? nextFree(next, taken) : next;
}
