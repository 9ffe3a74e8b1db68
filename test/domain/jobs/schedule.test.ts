import { expect, test } from "@jest/globals";
import { jobSchedules } from "#shared/contracts/schedules";
import { JobName } from "#shared/domain/jobs/job-run";
import { nextRunAt } from "#shared/domain/jobs/schedule";

const next = (expression: string, now: string, timeZone = "UTC", last?: string) =>
  nextRunAt({ expression, timeZone }, now, last);

test.each([
  ["rate(15 minutes)", "2026-11-27T10:07:00.000Z", undefined, "2026-11-27T10:22:00.000Z"],
  ["rate(15 minutes)", "2026-11-27T10:07:00.000Z", "2026-11-27T10:03:30.000Z", "2026-11-27T10:18:30.000Z"],
  ["rate(1 hour)", "2026-11-27T10:00:00.000Z", "2026-11-27T09:00:00.000Z", "2026-11-27T11:00:00.000Z"],
  ["rate(1 hour)", "2026-11-27T10:00:00.000Z", "2026-11-20T09:30:00.000Z", "2026-11-27T10:30:00.000Z"],
  ["rate(2 days)", "2026-11-27T10:00:00.000Z", "2026-11-26T10:00:00.000Z", "2026-11-28T10:00:00.000Z"],
])("%s at %s, begun last at %p, comes at %s", (expression, now, last, expected) => {
  expect(next(expression, now, "UTC", last)).toBe(expected);
});

test.each([
  ["cron(45 0 * * ? *)", "UTC", "2026-11-27T00:44:59.999Z", "2026-11-27T00:45:00.000Z"],
  ["cron(45 0 * * ? *)", "UTC", "2026-11-27T00:45:00.000Z", "2026-11-28T00:45:00.000Z"],
  ["cron(0 6 * * ? *)", "UTC", "2026-12-31T06:00:00.000Z", "2027-01-01T06:00:00.000Z"],
  ["cron(0/15 * * * ? *)", "UTC", "2026-11-27T10:46:00.000Z", "2026-11-27T11:00:00.000Z"],
  ["cron(5,35 9-17 ? * 2-6 *)", "UTC", "2026-11-27T17:35:00.000Z", "2026-11-30T09:05:00.000Z"],
  ["cron(0 0 29 2 ? *)", "UTC", "2026-11-27T00:00:00.000Z", "2028-02-29T00:00:00.000Z"],
  ["cron(0 9 * * ? *)", "Europe/Berlin", "2026-11-27T08:00:00.000Z", "2026-11-28T08:00:00.000Z"],
  ["cron(0 9 * * ? *)", "Asia/Kolkata", "2026-11-27T00:00:00.000Z", "2026-11-27T03:30:00.000Z"],
  // The hour that spring takes does not come; the one that autumn repeats comes once; in both hemispheres.
  ["cron(30 2 * * ? *)", "Europe/Berlin", "2027-03-27T02:00:00.000Z", "2027-03-29T00:30:00.000Z"],
  ["cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00.000Z", "2026-10-25T00:30:00.000Z"],
  ["cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"],
  ["cron(30 2 * * ? *)", "Australia/Sydney", "2026-10-02T17:00:00.000Z", "2026-10-04T15:30:00.000Z"],
])("%s in %s after %s comes at %s", (expression, timeZone, now, expected) => {
  expect(next(expression, now, timeZone)).toBe(expected);
});

test.each(["rate(soon)", "cron(0 0 * *)", "cron(a 0 * * ? *)", "at(2026-01-01T00:00:00)"])(
  "when %s comes cannot be told",
  (expression) => {
    expect(() => next(expression, "2026-11-27T00:00:00.000Z")).toThrow("it cannot be told");
  },
);

test("what never comes again is a defect", () => {
  expect(() => next("cron(0 0 * * ? 2025)", "2026-11-27T00:00:00.000Z")).toThrow("never comes again");
});

test("every job has one schedule, which comes again", () => {
  expect(jobSchedules.map(({ name }) => name)).toEqual([...JobName.options].sort());
  const now = "2026-11-27T00:00:00.000Z";
  for (const schedule of jobSchedules) expect(nextRunAt(schedule, now) > now).toBe(true);
});
