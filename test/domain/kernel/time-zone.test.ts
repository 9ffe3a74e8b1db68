import { expect, test } from "@jest/globals";
import { isTimeZone } from "#shared/domain/kernel/time-zone";

test.each([
  "UTC", "Etc/UTC", "Europe/Berlin", "Asia/Kolkata", "Asia/Calcutta", "Europe/Kyiv", "America/Argentina/Buenos_Aires",
  "Asia/Ho_Chi_Minh", "America/Indiana/Indianapolis", "US/Eastern",
])("%s is a time zone", (name) => {
  expect(isTimeZone(name)).toBe(true);
}); // prettier-ignore

test.each(["", "+05:30", "-03:00", "Mars/Olympus", "Europe", "Europe/Berlin ", "\u0000"])(
  "%j is no time zone",
  (name) => {
    expect(isTimeZone(name)).toBe(false);
  },
);
