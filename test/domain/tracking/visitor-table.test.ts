import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { visitorHash, VisitorTable } from "#shared/domain/tracking/visitor-table";
import { code, visitor } from "#test/support/tracking";

const codes = fc.stringMatching(/^[2-9a-zA-Z]{8,16}$/);
// Few visitors with few different halves: chains of one hash, and visitors who differ in one half only.
const half = fc.constantFrom("00000000", "00000001", "ffffffff", "0000ffff", "80000000");
const visitors = fc.oneof(
  fc.tuple(half, half).map((halves) => halves.join("")),
  fc.stringMatching(/^[0-9a-f]{16}$/),
);
const clicks = fc.array(fc.tuple(visitors, fc.nat(7)), { maxLength: 400, size: "max" });

/** The same in plain maps. */
function modelOf(drawn: readonly (readonly [string, string])[]) {
  const model = new Map<string, Map<string, number>>();
  for (const [who, what] of drawn) {
    const links = model.get(who) ?? new Map<string, number>();
    model.set(who, links.set(what, Math.min(101, (links.get(what) ?? 0) + 1)));
  }
  return model;
}

test("a table counts as maps do, before and after it is stored, at any time", () => {
  fc.assert(
    fc.property(fc.uniqueArray(codes, { minLength: 8, maxLength: 8 }), clicks, fc.nat(400), (known, drawn, cut) => {
      const all = drawn.map(([who, at]) => [who, known[at] ?? ""] as const);
      let table = new VisitorTable();
      all.forEach(([who, what], place) => {
        if (place === cut) table = new VisitorTable(table.bytes());
        table.raise(visitorHash(who), what);
      });
      const model = modelOf(all);
      const stored = new VisitorTable(table.bytes());
      const expected = [...model].map(([who, links]) => [
        who,
        true,
        [...links.keys()].sort(),
        known.map((what) => links.get(what) ?? 0),
      ]);
      for (const one of [table, stored]) {
        const found = [...model.keys()].map((who) => {
          const hash = visitorHash(who);
          return [who, one.has(hash), [...one.codesOf(hash)].sort(), known.map((what) => one.hits(hash, what))];
        });
        expect(found).toEqual(expected);
        expect(one.pairs).toBe([...model.values()].reduce((sum, links) => sum + links.size, 0));
      }
      expect(stored.bytes()).toEqual(table.bytes());
    }),
    { numRuns: 150 },
  );
});

describe("of nobody", () => {
  test.each(["0123456789abcdef", "0123456700000000"])("%s nothing is known", (who) => {
    const table = new VisitorTable();
    table.raise(visitorHash("0000000000000000"), "abcdefgh");
    expect([
      table.has(visitorHash(who)),
      table.hits(visitorHash(who), "abcdefgh"),
      table.codesOf(visitorHash(who)),
    ]).toEqual([false, 0, []]);
  });
});

test("bytes cut short, and another version's, are refused", () => {
  const table = new VisitorTable();
  for (let number = 0; number < 3; number += 1) table.raise(visitorHash(visitor(number)), code(number));
  const bytes = table.bytes();
  const whole = [1, 2, 3].map((pairs) => bytes.length - (3 - pairs) * 11).concat(bytes.length - 33);
  for (let length = 0; length < bytes.length; length += 1)
    if (!whole.includes(length)) expect(() => new VisitorTable(bytes.subarray(0, length))).toThrow(RangeError);
  expect(() => new VisitorTable(new Uint8Array([2, 0, 0]))).toThrow("unknown version");
});

test("a pair takes 11 bytes, and 4,000 of them fill a bucket with less than 50 kB", () => {
  const table = new VisitorTable();
  for (let number = 0; number < 4_000; number += 1) table.raise(visitorHash(visitor(number)), code(number % 400));
  expect(table.pairs).toBe(4_000);
  expect(table.bytes()).toHaveLength(3 + 400 * 11 + 4_000 * 11);
});

test("hits are counted to 101", () => {
  const table = new VisitorTable();
  for (let hit = 0; hit < 300; hit += 1) table.raise(visitorHash(visitor(1)), "abcdefgh");
  expect(table.hits(visitorHash(visitor(1)), "abcdefgh")).toBe(101);
});
