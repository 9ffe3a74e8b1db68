import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { periodOf } from "#shared/domain/tracking/analytics";
import { Refusal } from "#shared/domain/kernel/refusal";

const now = "2026-11-25T23:30:00.000Z";
const today = "2026-11-25";

describe("the period of", () => {
  test.each([
    [{}, "2025-10-22", today],
    [{ from: "2026-11-01" }, "2026-11-01", today],
    [{ from: today, to: today }, today, today],
    [{ to: "2026-03-01" }, "2025-01-26", "2026-03-01"],
    [{ to: "0000-01-02" }, "0000-01-01", "0000-01-02"],
    [{ from: "0000-01-01", to: "0000-01-01" }, "0000-01-01", "0000-01-01"],
    [{ from: "2025-10-22" }, "2025-10-22", today],
    [{ from: "2026-11-24", to: "2026-12-03" }, "2026-11-24", "2026-12-03"],
    [{ from: "2026-11-26" }, "2026-11-26", "2026-11-26"],
    [{ from: "3191-02-16" }, "3191-02-16", "3191-02-16"],
    [{ to: "9999-12-31" }, "9998-11-27", "9999-12-31"],
  ])("%j", (asked, first, last) => {
    expect(periodOf(asked, now)).toEqual({ first, last });
  });

  test.each([{ from: "2025-10-21" }, { from: "2025-01-25", to: "2026-03-01" }, { from: "2020-01-01" }])(
    "%j is refused: it is too long",
    (asked) => {
      expect(() => periodOf(asked, now)).toThrow(
        expect.objectContaining({
          refusal: expect.objectContaining({ code: "request.invalid" }),
          context: { errors: [expect.objectContaining({ pointer: "/query/from", code: "too_long" })] },
        }),
      );
    },
  );
});

test("whatever is asked for, days are read in order and at most 400 of them", () => {
  const day = fc
    .date({ min: new Date("0000-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const near = fc.integer({ min: -900, max: 900 }).map((days) => {
    return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  });
  const bound = fc.option(fc.oneof(day, near), { nil: undefined });
  fc.assert(
    fc.property(bound, bound, (from, to) => {
      fc.pre(from === undefined || to === undefined || from <= to);
      const period = askedFor({ from, to });
      if (period === undefined) return;
      const { first, last } = period;
      expect(first <= last).toBe(true);
      expect((Date.parse(last) - Date.parse(first)) / 86_400_000).toBeLessThan(400);
      expect({ first, last }).toMatchObject({ ...(from && { first: from }), ...(to && { last: to }) });
    }),
  );
});

function askedFor(asked: Parameters<typeof periodOf>[0]) {
  try {
    return periodOf(asked, now);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
