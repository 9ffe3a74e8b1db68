import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MAX_MOVEMENT_MINOR } from "#shared/domain/kernel/money";
import { configuredFees } from "#shared/adapters/settings/platform-fees";
import { basisPointsAt, PlatformFeeSchedule, splitFee } from "#shared/domain/settlements/platform-fee";

const from = (day: number, basisPoints: number) => ({ from: `2026-11-0${day}T00:00:00.000Z`, basisPoints });
const schedule: PlatformFeeSchedule = [from(2, 1_000), from(4, 250), from(6, 0)];

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

describe("a stage", () => {
  test("has the schedule it was deployed with, and does not begin to work with one that is none", () => {
    expect(configuredFees({ PLATFORM_FEE_SCHEDULE: JSON.stringify(schedule) })).toEqual({ schedule });
    for (const wrong of ["", "{}", "[{}]", JSON.stringify([from(2, 1), from(1, 1)])])
      expect(() => configuredFees({ PLATFORM_FEE_SCHEDULE: wrong })).toThrow();
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
