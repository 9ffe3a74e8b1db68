import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeVisitors, encodeVisitors, pairsOf, type VisitorTable } from "#shared/domain/tracking/visitor-table";
import { code, visitor } from "#test/support/tracking";

const codes = fc.uniqueArray(fc.stringMatching(/^[2-9a-zA-Z]{8,16}$/), { maxLength: 400 });
const tables: fc.Arbitrary<VisitorTable> = codes.chain((known) => {
  const place = fc.nat(Math.max(0, known.length - 1));
  const links = fc.uniqueArray(place, { maxLength: known.length === 0 ? 0 : 20 });
  const hits = links.chain((places) =>
    fc.tuple(...places.map((one) => fc.integer({ min: 1, max: 101 }).map((count) => [one, count] as const))),
  );
  return fc
    .array(fc.tuple(fc.stringMatching(/^[0-9a-f]{16}$/), hits), { maxLength: 60 })
    .map((drawn) => ({ codes: known, visitors: new Map(drawn.map(([who, pairs]) => [who, pairs.flat()])) }));
});

test("what is written is read again", () => {
  fc.assert(
    fc.property(tables, (table) => {
      expect(decodeVisitors(encodeVisitors(table))).toEqual(table);
    }),
    { numRuns: 300 },
  );
});

test("bytes cut short, and another version's, are refused and never misread", () => {
  fc.assert(
    fc.property(tables, fc.nat(), (table, cut) => {
      const bytes = encodeVisitors(table);
      const start = bytes.subarray(0, cut % bytes.length);
      let read: VisitorTable | undefined;
      try {
        read = decodeVisitors(start);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
      // A cut between two visitors is a shorter table.
      if (read) expect(encodeVisitors(read)).toEqual(start);
    }),
  );
  expect(() => decodeVisitors(new Uint8Array([2, 0]))).toThrow("unknown version");
  expect(() => decodeVisitors(new Uint8Array([1, 255, 255, 255, 255, 255, 1]))).toThrow("too long");
});

test("a visitor of one link takes 11 bytes, and a full page some 50 kB", () => {
  const visitors = new Map(Array.from({ length: 4_000 }, (_, number) => [visitor(number), [number % 400, 1]]));
  const table = { codes: Array.from({ length: 400 }, (_, number) => code(number)), visitors };
  expect(pairsOf(table)).toBe(4_000);
  expect(encodeVisitors({ codes: ["abcdefgh"], visitors: new Map([[visitor(1), [0, 101]]]) })).toHaveLength(2 + 9 + 11);
  expect(encodeVisitors(table).length).toBeLessThan(53_000);
});

test("hits are capped", () => {
  const table = { codes: ["abcdefgh"], visitors: new Map([[visitor(1), [0, 500]]]) };
  expect(decodeVisitors(encodeVisitors(table)).visitors.get(visitor(1))).toEqual([0, 101]);
});
