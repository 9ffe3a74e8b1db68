import { describe, expect, test } from "@jest/globals";
import { remindersOf, remindReviewer } from "#shared/domain/submissions/remind-reviewer";
import type { SubmissionStatus } from "#shared/domain/submissions/submission";
import { aCampaign, aSubmission } from "../../support/builders.ts";

const reminders = [
  { percent: 50, at: "2026-11-26T00:00:00.000Z" },
  { percent: 80, at: "2026-11-28T00:00:00.000Z" },
];
const remindedAt = (now: string, parts: Parameters<typeof aSubmission>[0] = {}) =>
  remindReviewer(aCampaign(), aSubmission({ reminders, reviewDueAt: "2026-11-30T00:00:00.000Z", ...parts }), { now });

test.each<[string, string, number | undefined, number[]]>([
  ["before the first", "2026-11-25T23:59:59.999Z", undefined, []],
  ["at the first", "2026-11-26T00:00:00.000Z", 50, [80]],
  ["after a missed schedule the latest alone", "2026-11-29T00:00:00.000Z", 80, []],
  ["not when silence decides", "2026-11-30T00:00:00.000Z", undefined, []],
])("%s", (_when, now, percent, left) => {
  const change = remindedAt(now);
  const [told, ...others] = change?.events ?? [];
  expect(others).toEqual([]);
  expect(told?.detail).toEqual(percent === undefined ? undefined : expect.objectContaining({ percent }));
  const next = change?.entities[0]?.next;
  if (percent !== undefined)
    expect(next).toMatchObject({ version: 2, reminders: reminders.filter((one) => left.includes(one.percent)) });
});

test.each<SubmissionStatus>(["approved", "rejected", "changes_requested", "disputed", "released"])(
  "nobody is reminded of what is %s",
  (status) => {
    expect(remindedAt("2026-11-29T00:00:00.000Z", { status })).toBeUndefined();
  },
);

describe("moments", () => {
  test("are shares of the time that counts: a weekend is none of it", () => {
    const time = { calendar: "business-days", timeZone: "UTC" } as const;
    expect(remindersOf("2026-11-26T00:00:00.000Z", "2026-12-02T00:00:00.000Z", time)).toEqual([
      { percent: 50, at: "2026-11-28T00:00:00.000Z" },
      { percent: 80, at: "2026-12-01T04:48:00.000Z" },
    ]);
  });
});
