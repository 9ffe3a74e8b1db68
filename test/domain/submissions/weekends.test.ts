import { expect, test } from "@jest/globals";
import { primaryTimeZone } from "#shared/domain/kernel/time-zone";
import { otherWeekends, weekendOf } from "#shared/domain/submissions/weekends";

test("zones are named once, by the names that they are looked up by", () => {
  const zones = otherWeekends.flatMap((one) => one.zones);
  expect(new Set(zones).size).toBe(zones.length);
  for (const zone of zones) expect(primaryTimeZone(zone)).toBe(zone);
});

test.each([
  ["Europe/Berlin", [6, 0]],
  ["Asia/Dubai", [6, 0]],
  ["Asia/Riyadh", [5, 6]],
  ["Israel", [5, 6]],
  ["Asia/Tel_Aviv", [5, 6]],
  ["Asia/Kabul", [4, 5]],
])("in %s weekdays %j are off", (zone, days) => {
  expect(weekendOf(zone)).toEqual(days);
});
