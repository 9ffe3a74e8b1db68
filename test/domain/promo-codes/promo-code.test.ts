import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { skeletonOf } from "#shared/domain/kernel/skeleton";
import { promoCodeIn } from "#shared/domain/promo-codes/promo-code";

describe("a promo code", () => {
  test.each([
    ["anna10", "ANNA10"],
    [" Anna-10 ", "ANNA-10"],
    ["A".repeat(32), "A".repeat(32)],
  ])("is %j read as %s", (text, code) => {
    expect(promoCodeIn(text)).toBe(code);
  });

  test.each([
    "",
    "ab",
    "A".repeat(33),
    "ANNA 10",
    "-ANNA",
    "ANNA-",
    "AN--NA",
    "ANNÄ10",
    "АNNA10",
    "ANNA%",
    "\ud800AB",
    "ß".repeat(3),
    "ANNı10",
  ])("is not %j", (text) => {
    expect(promoCodeIn(text)).toBeUndefined();
  });

  test.each([
    ["ANNA10", "ANNAIO", "ANNALO", "anna1o", "ANNA-10", "AN-NA-10"],
    ["MARIE", "RNARIE", "rnarle", "MAR1E"],
  ])("looks like every other spelling of %s", (code, ...others) => {
    for (const other of others) expect(skeletonOf(other)).toBe(skeletonOf(code));
  });

  test("looks like no other where nothing in them looks alike", () => {
    const distinct = fc.string({
      unit: fc.constantFrom(..."ABCDEFGHJKPQRSTUVWXYZ23456789"),
      minLength: 3,
      maxLength: 10,
    });
    fc.assert(
      fc.property(distinct, distinct, (one, other) => (skeletonOf(one) === skeletonOf(other)) === (one === other)),
    );
  });
});
