/** What a price is rounded down to in the index: never above it, and never far below. */
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { asIndexed } from "#shared/domain/matching/index-entry";
import { aCardContent } from "../../support/matching-builders.ts";

const stepOf = (min: number) => {
  const price = { currency: "USD", min, max: min } as const;
  return asIndexed(aCardContent({ price })).priceFrom?.min ?? -1;
};

test("is the step that it has reached", () => {
  expect([0, 1, 2, 9, 10, 14, 15, 19, 69_999, 70_000, 99_999, 100_000].map(stepOf)).toEqual([
    0, 1, 2, 7, 10, 10, 15, 15, 50_000, 70_000, 70_000, 100_000,
  ]);
});

test("is never more than is asked for, nor less than three fifths of it: nobody is left out for what they do not ask", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (min) => {
      const step = stepOf(min);
      expect(step).toBeLessThanOrEqual(min);
      expect(step).toBeGreaterThan(min * 0.6);
      expect(Number.isInteger(step)).toBe(true);
    }),
  );
});

test("of nobody's price is none", () => {
  expect(asIndexed(aCardContent({ price: null }))).not.toHaveProperty("priceFrom");
});
