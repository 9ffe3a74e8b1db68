/** Which lines count as a failure, by what triggers an action: each part of the pattern has a line that it alone decides. */
import { describe, expect, test } from "@jest/globals";
import { linesOf, linesOfFailure } from "#infra/log-patterns";
import type { Trigger } from "#shared/contracts/contract";
import { matches } from "#test/support/filter-pattern";
import { deaths, loggedByLambda, ordinary, reportOfThrown } from "#test/support/platform-lines";

class FlowRefused extends Error {}

const line = (fields: object): string => JSON.stringify(fields);
const isFailure = (trigger: Trigger, text: string): boolean => matches(linesOfFailure(trigger).logPatternString, text);

describe.each(["http", "onStream", "onUserPool"] as const)("of an action by %s", (trigger) => {
  test("our own lines of level error are failures, and others are not", () => {
    expect(isFailure(trigger, line({ level: "error", code: "x" }))).toBe(true);
    for (const level of ["info", "warn"]) expect([level, isFailure(trigger, line({ level }))]).toEqual([level, false]);
  });

  test.each(Object.entries(deaths))("%s is one", (_name, text) => {
    expect(isFailure(trigger, text)).toBe(true);
  });

  test.each(Object.entries(ordinary))("%s is none", (_name, text) => {
    expect(isFailure(trigger, text)).toBe(false);
  });

  test("a status or an error's type in a line of our own says nothing", () => {
    const record = { status: "timeout", errorType: "Runtime.ExitError" };
    expect(isFailure(trigger, line({ level: "info", record }))).toBe(false);
    expect(isFailure(trigger, line({ level: "info", message: { errorType: "Error" } }))).toBe(false);
  });
});

test("a flow of the user pool that is told no has not failed, though Lambda logs and reports an error", () => {
  for (const text of [loggedByLambda(new FlowRefused("no")), reportOfThrown])
    expect([isFailure("onUserPool", text), isFailure("http", text)]).toEqual([false, true]);
});

test("a code's lines are those that carry it", () => {
  expect(matches(linesOf("a.b").logPatternString, line({ code: "a.b" }))).toBe(true);
  expect(matches(linesOf("a.b").logPatternString, line({ code: "a.c", message: "a.b" }))).toBe(false);
});
