import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { reviewDueAt } from "#shared/domain/submissions/review-window";

const business = (from: string, hours: number, timeZone = "UTC") =>
  reviewDueAt(from, hours, { calendar: "business-days", timeZone });

test.each<[string, string, number, string, string]>([
  ["within a week", "2026-11-23T10:00:00.000Z", 72, "UTC", "2026-11-26T10:00:00.000Z"],
  ["over a weekend", "2026-11-26T10:00:00.000Z", 72, "UTC", "2026-12-01T10:00:00.000Z"],
  ["from a Saturday", "2026-11-28T15:00:00.000Z", 24, "UTC", "2026-12-01T00:00:00.000Z"],
  ["to a Friday's midnight", "2026-11-27T00:00:00.000Z", 24, "UTC", "2026-11-28T00:00:00.000Z"],
  ["Thanksgiving", "2026-11-25T15:00:00.000Z", 24, "America/New_York", "2026-11-27T15:00:00.000Z"],
  ["Easter", "2027-03-25T12:00:00.000Z", 24, "Europe/London", "2027-03-30T11:00:00.000Z"],
  ["a weekend that begins on Friday", "2026-11-26T12:00:00.000Z", 24, "Asia/Riyadh", "2026-11-29T12:00:00.000Z"],
  ["Friday here is Saturday there", "2026-11-27T20:00:00.000Z", 1, "Asia/Tokyo", "2026-11-29T16:00:00.000Z"],
  ["clocks go back on Sunday", "2026-10-23T12:00:00.000Z", 24, "Europe/Berlin", "2026-10-26T13:00:00.000Z"],
  ["clocks go forward on Sunday", "2026-03-27T12:00:00.000Z", 24, "Europe/Berlin", "2026-03-30T11:00:00.000Z"],
  ["spring in the south", "2026-10-02T02:00:00.000Z", 24, "Australia/Sydney", "2026-10-06T01:00:00.000Z"],
])("business hours: %s", (_name, from, hours, timeZone, due) => {
  expect(business(from, hours, timeZone)).toBe(due);
});

test("continuous hours are plain hours", () => {
  const due = reviewDueAt("2026-11-27T20:00:00.000Z", 72, { calendar: "continuous", timeZone: "Asia/Tokyo" });
  expect(due).toBe("2026-11-30T20:00:00.000Z");
});

test("business hours are never shorter than plain ones, and more hours are never due earlier", () => {
  const at = fc
    .date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2027-12-31T00:00:00Z"), noInvalidDate: true })
    .map((date) => date.toISOString());
  const zone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Pacific/Kiritimati",
    "Asia/Kolkata",
    "America/St_Johns",
  );
  fc.assert(
    fc.property(at, fc.integer({ min: 1, max: 200 }), zone, (from, hours, timeZone) => {
      const due = business(from, hours, timeZone);
      expect(Date.parse(due)).toBeGreaterThanOrEqual(Date.parse(from) + hours * 3_600_000);
      expect(business(from, hours + 1, timeZone) > due).toBe(true);
    }),
    { numRuns: 150, seed: 7 },
  );
});
