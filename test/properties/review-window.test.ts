/** Review time against a count that knows nothing of days and midnights: minute by minute, each by its own local day. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { holidaysOf } from "#shared/domain/submissions/holidays";
import { reviewDueAt, reviewMsBetween, reviewShareAt } from "#shared/domain/submissions/review-window";

const MINUTE_MS = 60_000;
/** Both hemispheres, half hours, clocks that change at midnight, and the ends of the earth. */
const ZONES = [
  "UTC", "America/New_York", "America/Los_Angeles", "Europe/London", "Europe/Berlin", "Europe/Paris", "Asia/Kolkata",
  "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "America/Santiago",
  "America/Havana", "America/Asuncion", "Africa/Cairo", "Asia/Beirut", "Pacific/Kiritimati", "Pacific/Pago_Pago",
]; // prettier-ignore
/** Around the changes of 2026 and 2027 in both hemispheres, and the holidays of both years' ends. */
const SEASONS = ["2026-03-05", "2026-03-26", "2026-04-02", "2026-09-03", "2026-10-01", "2026-10-22", "2026-12-22"];

const from = fc
  .tuple(fc.constantFrom(...SEASONS), fc.integer({ min: 0, max: 12 * 1_440 }))
  .map(([day, minutes]) => new Date(Date.parse(`${day}T00:00:00.000Z`) + minutes * MINUTE_MS).toISOString());

/** Whether each minute counts, by the clock on a wall there. */
function counting(timeZone: string): (at: number) => boolean {
  const wall = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const isHoliday = holidaysOf(timeZone);
  const weekend = timeZone === "Africa/Cairo" ? [5, 6] : [0, 6];
  const known = new Map<string, boolean>();
  return (at) => {
    const day = wall.format(at);
    const counts = known.get(day) ?? (!weekend.includes(new Date(`${day}T12:00Z`).getUTCDay()) && !isHoliday(day));
    known.set(day, counts);
    return counts;
  };
}

function countedDue(start: string, minutes: number, timeZone: string): string {
  const counts = counting(timeZone);
  let at = Date.parse(start);
  for (let left = minutes; left > 0; at += MINUTE_MS) if (counts(at)) left -= 1;
  return new Date(at).toISOString();
}

test("a window ends where counting its minutes ends, in every zone and through every change of clocks", () => {
  const seed = Number(process.env["SEED"] ?? 20_261_127);
  const runs = Number(process.env["RUNS"] ?? 250);
  const seen = new Set<string>();
  fc.assert(
    fc.property(from, fc.integer({ min: 1, max: 96 }), fc.constantFrom(...ZONES), (start, hours, timeZone) => {
      const time = { calendar: "business-days", timeZone } as const;
      seen.add(timeZone);
      const due = reviewDueAt(start, hours, time);
      expect(due).toBe(countedDue(start, hours * 60, timeZone));
      expect(reviewMsBetween(start, due, time)).toBe(hours * 60 * MINUTE_MS);
      expect(reviewShareAt(start, due, 50, time)).toBe(countedDue(start, hours * 30, timeZone));
      expect(reviewShareAt(start, due, 100, time)).toBe(due);
    }),
    { numRuns: runs, seed },
  );
  console.log(`seed ${seed}: ${runs} windows in ${seen.size} zones, counted minute by minute`);
  expect(seen.size).toBe(ZONES.length);
}, 300_000);
