import { describe, expect, test } from "@jest/globals";
import { holidayCalendars } from "#shared/domain/submissions/holiday-calendars";
import { holidaysIn, holidaysOf } from "#shared/domain/submissions/holidays";

/** Those on working days, as their sources list them. */
test.each<[string, number, string]>([
  ["America/New_York", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"],
  ["America/New_York", 2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"],
  ["Europe/London", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"],
  ["Europe/London", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"],
  ["Europe/London", 2033, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27"],
  ["Europe/Berlin", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 12-25"],
  ["Europe/Paris", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25"],
  ["Australia/Sydney", 2026, "01-01 01-26 04-03 04-06 04-27 06-08 10-05 12-25 12-28"],
  ["Asia/Tokyo", 2026, ""],
  // Another of its names.
  ["US/Eastern", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"],
])("working days off in %s, %i", (timeZone, year, days) => {
  const isHoliday = holidaysOf(timeZone);
  const all = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(year, 0, 1 + day)))
    .filter((at) => at.getUTCFullYear() === year && at.getUTCDay() !== 0 && at.getUTCDay() !== 6)
    .map((at) => at.toISOString().slice(0, 10));
  expect(all.filter(isHoliday).map((day) => day.slice(5))).toEqual(days === "" ? [] : days.split(" "));
});

describe("calendars", () => {
  test("name zones that there are, each once, and where their rules stand", () => {
    const zones = holidayCalendars.flatMap((calendar) => calendar.zones);
    expect(new Set(zones).size).toBe(zones.length);
    for (const zone of zones) expect(Intl.supportedValuesOf("timeZone")).toContain(zone);
    for (const { source } of holidayCalendars) expect(source).not.toBe("");
  });

  // The dates of the Royal Observatory's table.
  test.each([
    [2024, "2024-03-31"],
    [2025, "2025-04-20"],
    [2026, "2026-04-05"],
    [2038, "2038-04-25"],
    [2049, "2049-04-18"],
    [2076, "2076-04-19"],
    [2285, "2285-03-22"],
  ])("Easter %i is %s", (year, sunday) => {
    expect([...holidaysIn(year, [{ easter: 0 }])]).toEqual([sunday]);
  });
});
