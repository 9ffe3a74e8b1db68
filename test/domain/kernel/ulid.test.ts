import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeTime, isValid } from "ulid";
import { derivedId } from "#shared/domain/kernel/derived-id";
import { ulidOf } from "#shared/domain/kernel/ulid";

const instants = fc.integer({ min: 0, max: Date.parse("2200-01-01") });
const bytes = fc.uint8Array({ minLength: 16, maxLength: 40 });

test("is a ULID of its instant, and the same for the same bytes", () => {
  fc.assert(
    fc.property(instants, bytes, (at, given) => {
      const ulid = ulidOf(at, given);
      expect([isValid(ulid), decodeTime(ulid)]).toEqual([true, at]);
      expect(ulidOf(at, given.slice(0, 16))).toBe(ulid);
    }),
  );
});

test("takes five bits of each byte", () => {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  fc.assert(
    fc.property(instants, bytes, (at, given) => {
      const symbols = Array.from(given.slice(0, 16), (byte) => alphabet.charAt(byte % 32));
      expect(ulidOf(at, given).slice(10)).toBe(symbols.join(""));
    }),
  );
});

test("sorts by its instant, whatever the bytes", () => {
  fc.assert(
    fc.property(fc.tuple(instants, bytes), fc.tuple(instants, bytes), (one, other) => {
      fc.pre(one[0] < other[0]);
      expect(ulidOf(...one) < ulidOf(...other)).toBe(true);
    }),
  );
});

test("a derived id stays what it was when ids were first derived: they are stored", () => {
  expect(derivedId("event", "seed")).toBe("evt_0000000000SJRP11GA3CZ8NV3D");
  expect(derivedId("journalEntry", "seed", "2026-11-25T12:00:00.000Z")).toBe("jrn_01M8997DG0SJRP11GA3CZ8NV3D");
});
