import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { attributionModels } from "#shared/domain/conversions/attribution-rules";
import { sharedBy } from "#shared/domain/conversions/models";
import { MAX_AMOUNT_MINOR } from "#shared/domain/kernel/money";

const sum = (parts: readonly number[]): number => parts.reduce((total, part) => total + part, 0);
const model = fc.constantFrom(...attributionModels);
const touches = fc.integer({ min: 1, max: 21 });
const amount = fc.integer({ min: 0, max: MAX_AMOUNT_MINOR });

describe("a model", () => {
  test.each([
    ["last", 1, [100]],
    ["last", 4, [0, 0, 0, 100]],
    ["first", 1, [100]],
    ["first", 4, [100, 0, 0, 0]],
    ["linear", 1, [100]],
    ["linear", 3, [34, 33, 33]],
    ["linear", 4, [25, 25, 25, 25]],
    ["position", 1, [100]],
    ["position", 2, [50, 50]],
    ["position", 3, [40, 20, 40]],
    ["position", 4, [40, 10, 10, 40]],
    ["position", 5, [40, 7, 7, 6, 40]],
    ["position", 6, [40, 5, 5, 5, 5, 40]],
  ] as const)("%s shares 100 % among %i touches as %j", (by, among, shares) => {
    expect(sharedBy(by, 100, among)).toEqual(shares);
  });

  test("gives all of it, to the last unit, and no touch more than a unit off its definition", () => {
    fc.assert(
      fc.property(model, amount, touches, (by, whole, among) => {
        const parts = sharedBy(by, whole, among);
        expect([parts.length, sum(parts)]).toEqual([among, whole]);
        const between = among > 2 ? (0.2 * whole) / (among - 2) : 0;
        const ends = among > 2 ? 0.4 * whole : whole / among;
        for (const [at, part] of parts.entries()) {
          const isEnd = at === 0 || at === among - 1;
          const defined = {
            last: at === among - 1 ? whole : 0,
            first: at === 0 ? whole : 0,
            linear: whole / among,
            position: isEnd ? ends : between,
          }[by];
          expect(Math.abs(part - defined)).toBeLessThan(1.001);
        }
      }),
    );
  });

  test("gives every touch of linear and position a per cent of it at least, so that whoever is credited is seen to be", () => {
    for (let among = 1; among <= 21; among += 1)
      for (const by of ["linear", "position"] as const)
        expect(Math.min(...sharedBy(by, 100, among))).toBeGreaterThanOrEqual(1);
  });
});
