import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_MOVEMENT_MINOR } from "#shared/domain/kernel/money";
import { basisPointsAt, PlatformFeeSchedule, splitByWeights, splitFee } from "#shared/domain/settlements/platform-fee";

const from = (day: number, basisPoints: number) => ({ from: `2026-11-0${day}T00:00:00.000Z`, basisPoints });
const schedule: PlatformFeeSchedule = [from(2, 1_000), from(4, 250), from(6, 0)];
const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

describe("a schedule", () => {
  test.each([
    ["2026-11-01T23:59:59.999Z", 0],
    ["2026-11-02T00:00:00.000Z", 1_000],
    ["2026-11-03T23:59:59.999Z", 1_000],
    ["2026-11-04T00:00:00.000Z", 250],
    ["2026-11-06T00:00:00.000Z", 0],
    ["2030-01-01T00:00:00.000Z", 0],
  ])("holds from its dates on: at %s it is %d basis points", (at, basisPoints) => {
    expect(basisPointsAt(schedule, at)).toBe(basisPoints);
    expect(basisPointsAt([], at)).toBe(0);
  });

  test.each<[string, unknown, boolean]>([
    ["that is empty", [], true],
    ["in order", schedule, true],
    ["of all or nothing", [from(1, 0), from(2, 10_000)], true],
    ["out of order", [from(2, 1), from(1, 1)], false],
    ["with two rates of one moment", [from(1, 1), from(1, 2)], false],
    ["of more than everything", [from(1, 10_001)], false],
    ["of less than nothing", [from(1, -1)], false],
    ["of parts of a basis point", [from(1, 0.5)], false],
    ["with more said than is known", [{ ...from(1, 1), currency: "USD" }], false],
    ["from no moment", [{ from: "2026", basisPoints: 1 }], false],
  ])("%s", (_what, given, valid) => {
    expect(PlatformFeeSchedule.safeParse(given).success).toBe(valid);
  });
});

describe("an amount split by weights", () => {
  test.each<[number, readonly number[], readonly number[]]>([
    [100, [60, 40], [60, 40]],
    [0, [1, 2], [0, 0]],
    [5, [0, 1], [0, 5]],
    // 33.33 each: the cent that is left goes to the first of equals.
    [100, [1, 1, 1], [34, 33, 33]],
    [101, [1, 1, 1], [34, 34, 33]],
    // 0.9, 0.9 and 0.2: the two largest remainders get one each.
    [2, [9, 9, 2], [1, 1, 0]],
    // 16.65, 33.3 and 83.05... the remainder decides, not the weight.
    [10, [1, 2, 4], [1, 3, 6]],
    [1, [1, 1_000_000], [0, 1]],
  ])("%d by %j is %j", (amount, weights, parts) => {
    expect(splitByWeights(amount, weights)).toEqual(parts);
  });

  test("is whole to the last unit, each part within one unit of its share, and zero where the weight is", () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 6 })
      .filter((some) => sum(some) > 0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_MOVEMENT_MINOR }), weights, (amount, some) => {
        const parts = splitByWeights(amount, some);
        expect(parts).toHaveLength(some.length);
        expect(sum(parts)).toBe(amount);
        const total = BigInt(sum(some));
        for (const [at, part] of parts.entries()) {
          expect(Number.isSafeInteger(part)).toBe(true);
          const share = BigInt(amount) * BigInt(some[at] ?? 0);
          expect([share / total, share / total + 1n]).toContain(BigInt(part));
          if (share % total === 0n) expect(BigInt(part)).toBe(share / total);
        }
        // Nobody with a larger remainder got less than was rounded for one with a smaller.
        const remainders = some.map((weight) => (BigInt(amount) * BigInt(weight)) % total);
        const roundedUp = parts.map((part, at) => BigInt(part) * total > BigInt(amount) * BigInt(some[at] ?? 0));
        for (const [up, isUp] of roundedUp.entries())
          for (const [down, other] of roundedUp.entries())
            if (isUp && !other) expect((remainders[up] ?? 0n) >= (remainders[down] ?? 0n)).toBe(true);
      }),
      { numRuns: 500, seed: 12 },
    );
  });
});

describe("a fee", () => {
  const at = "2026-11-03T00:00:00.000Z";

  test.each([
    [10_000, 1_000, 9_000, 1_000],
    [3_333, 1_000, 3_000, 333],
    [3_335, 1_000, 3_002, 333],
    [3_336, 1_000, 3_002, 334],
    [5, 1_000, 5, 0],
    [6, 1_000, 5, 1],
    [0, 1_000, 0, 0],
    [7, 10_000, 0, 7],
    [7, 0, 7, 0],
  ])("of %d at %d basis points leaves %d and is %d", (share, basisPoints, netMinor, feeMinor) => {
    expect(splitFee(share, [{ from: at, basisPoints }], at)).toEqual({ netMinor, feeMinor });
  });

  test("and what is left are the share, whatever the rate; half a unit is the creator's", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MAX_MOVEMENT_MINOR }),
        fc.integer({ min: 0, max: 10_000 }),
        (share, basisPoints) => {
          const { netMinor, feeMinor } = splitFee(share, [{ from: at, basisPoints }], at);
          expect(netMinor + feeMinor).toBe(share);
          expect(Math.min(netMinor, feeMinor)).toBeGreaterThanOrEqual(0);
          const twice = 2n * BigInt(share) * BigInt(basisPoints);
          // The nearest unit: the fee is off by half a unit at most, and then in the creator's favour.
          expect(BigInt(feeMinor) * 20_000n - twice < 10_000n).toBe(true);
          expect(twice - BigInt(feeMinor) * 20_000n <= 10_000n).toBe(true);
        },
      ),
      { numRuns: 500, seed: 12 },
    );
  });
});
