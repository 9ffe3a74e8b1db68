import { expect, test } from "@jest/globals";
import { dayOf, plusHours } from "#shared/domain/kernel/time";
import { daysOfOldKeys } from "#shared/domain/tracking/visitor-keys";

test("keys are destroyed when they are 48 hours old, and those of nights that were missed after them", () => {
  expect(daysOfOldKeys("2026-03-03T00:00:00.000Z").slice(0, 2)).toEqual(["2026-03-01", "2026-02-28"]);
  expect(daysOfOldKeys("2026-03-02T23:59:59.999Z")[0]).toBe("2026-02-28");
  expect(daysOfOldKeys("2026-03-03T02:00:00.000Z")).toHaveLength(30);
  expect(daysOfOldKeys("2024-03-02T02:00:00.000Z").slice(0, 2)).toEqual(["2024-02-29", "2024-02-28"]);
});

test("no key goes of which any clock that is a day behind or ahead says that it is today's", () => {
  for (let half = 0; half < 2 * 24 * 366; half += 1) {
    const now = plusHours("2027-12-31T00:00:00.000Z", half / 2);
    const old = daysOfOldKeys(now);
    const today = [-24, -12, -1, 0, 1, 24].map((hours) => dayOf(plusHours(now, hours)));
    expect(old.filter((day) => today.includes(day))).toEqual([]);
    expect(old.every((day) => Date.parse(now) - Date.parse(day) >= 48 * 3_600_000)).toBe(true);
  }
});
