import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { MOST_LINKS, visitorHash, VisitorTable } from "#shared/domain/tracking/visitor-table";
import { visitor } from "#test/support/tracking";

// Few visitors with few different halves: chains of one hash, and visitors who differ in one half only.
const half = fc.constantFrom("00000000", "00000001", "ffffffff", "0000ffff", "80000000");
const visitors = fc.oneof(
  fc.tuple(half, half).map((halves) => halves.join("")),
  fc.stringMatching(/^[0-9a-f]{16}$/),
);
const PLACES = [0, 1, 2, 255, 256, 65_535, 65_536, MOST_LINKS - 1];
const clicks = fc.array(fc.tuple(visitors, fc.constantFrom(...PLACES), fc.integer({ min: 1, max: 60 })), {
  maxLength: 400,
  size: "max",
});

/** The same in plain maps. */
function modelOf(drawn: readonly (readonly [string, number, number])[]) {
  const model = new Map<string, Map<number, number>>();
  for (const [who, place, by] of drawn) {
    const links = model.get(who) ?? new Map<number, number>();
    model.set(who, links.set(place, Math.min(101, (links.get(place) ?? 0) + by)));
  }
  return model;
}

test("a table counts as maps do, whole or put together from the bytes of two", () => {
  fc.assert(
    fc.property(clicks, fc.nat(400), (drawn, cut) => {
      const [early, late, whole] = [new VisitorTable(), new VisitorTable(), new VisitorTable()];
      drawn.forEach(([who, place, by], at) => {
        for (const table of [whole, at < cut ? early : late]) table.raise(visitorHash(who), place, by);
      });
      const joined = new VisitorTable();
      joined.addBytes(early.bytes());
      joined.addBytes(late.bytes());
      const model = modelOf(drawn);
      const expected = [...model].map(([who, links]) => [
        who,
        PLACES.map((place) => links.get(place) ?? 0),
        [...links.keys()].sort((one, other) => one - other),
      ]);
      for (const one of [whole, joined]) {
        const found = [...model.keys()].map((who) => {
          const hash = visitorHash(who);
          const seen: number[] = [];
          one.some(hash, (place) => (seen.push(place), false));
          return [one.has(hash) && who, PLACES.map((place) => one.hits(hash, place)), seen.sort((a, b) => a - b)];
        });
        expect(found).toEqual(expected);
        expect(one.pairs).toBe([...model.values()].reduce((sum, links) => sum + links.size, 0));
      }
      expect(joined.bytes()).toEqual(whole.bytes());
    }),
    { numRuns: 60 },
  );
});

test.each(["0123456789abcdef", "0123456700000000"])("of %s, who was not there, nothing is known", (who) => {
  const table = new VisitorTable();
  table.raise(visitorHash("0000000000000000"), 3);
  const hash = visitorHash(who);
  expect([table.has(hash), table.hits(hash, 3), table.some(hash, () => true)]).toEqual([false, 0, false]);
});

test("a pair takes as many bytes as it needs; bytes cut short are refused wherever, and a place beyond the last", () => {
  const bytesOf = (place: number, hits: number): Uint8Array => {
    const table = new VisitorTable();
    table.raise(visitorHash(visitor(1)), place, hits);
    return table.bytes();
  };
  expect(
    [bytesOf(63, 1), bytesOf(63, 2), bytesOf(64, 1), bytesOf(MOST_LINKS - 1, 101)].map(({ length }) => length),
  ).toEqual([9, 10, 10, 13]);
  const whole = bytesOf(MOST_LINKS - 1, 101);
  for (let length = 1; length < whole.length; length += 1)
    expect(() => {
      new VisitorTable().addBytes(whole.subarray(0, length));
    }).toThrow(RangeError);
  expect(() => {
    new VisitorTable().raise(visitorHash(visitor(1)), MOST_LINKS);
  }).toThrow(RangeError);
});

test("hits are counted to 101", () => {
  const table = new VisitorTable();
  for (let hit = 0; hit < 300; hit += 1) table.raise(visitorHash(visitor(1)), 5);
  expect(table.hits(visitorHash(visitor(1)), 5)).toBe(101);
});
