import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_MOVEMENT_MINOR } from "#shared/domain/kernel/money";
import { splitByWeights } from "#shared/domain/kernel/split";

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);

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
