import { expect, test } from "@jest/globals";
import { longestPause } from "#infra/longest-pause";

test.each([
  ["rate(5 minutes)", 5],
  ["rate(1 hour)", 60],
  ["rate(2 days)", 2_880],
  ["cron(15 * * * ? *)", 60],
  ["cron(0 2 * * ? *)", 1_440],
  ["cron(30 2,8,20 * * ? *)", 720],
])("%s comes at least every %i minutes", (expression, minutes) => {
  expect(longestPause(expression).toMinutes()).toBe(minutes);
});

test.each(["cron(0 2 ? * MON *)", "cron(0/5 * * * ? *)", "at(2026-01-01T00:00:00)", "rate(soon)"])(
  "of %s it cannot be told",
  (expression) => {
    expect(() => longestPause(expression)).toThrow(expression);
  },
);
