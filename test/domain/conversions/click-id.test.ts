import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { clickIdOf } from "#shared/domain/conversions/click-id";
import { provenClick } from "#shared/domain/conversions/prove-click";
import { CODE_ALPHABET } from "#shared/domain/links/code";
import { hitId } from "#shared/domain/tracking/hit";

const code = fc.string({ unit: fc.constantFrom(...CODE_ALPHABET), minLength: 8, maxLength: 16 });
const hit = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 47 }), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map(([at, random]) => ({ at, id: hitId(at, random) }));

test("what was signed is proven, with the link and the instant of the click", () => {
  fc.assert(
    fc.property(hit, code, ({ id, at }, of) => {
      expect(provenClick("secret", clickIdOf("secret", id, of))).toEqual({ hitId: id, code: of, at });
    }),
  );
});

test("no character of it can be another, missing or added", () => {
  const signed = clickIdOf("secret", hitId(1_764_000_000_000, new Uint8Array(16)), CODE_ALPHABET.slice(0, 10));
  for (let at = 0; at < signed.length; at += 1) {
    const [head, tail] = [signed.slice(0, at), signed.slice(at + 1)];
    expect(provenClick("secret", head + tail)).toBeUndefined();
    for (const other of "0aAzZ9_") {
      if (other !== signed[at]) expect(provenClick("secret", head + other + tail)).toBeUndefined();
      expect(provenClick("secret", head + other + (signed[at] ?? "") + tail) === undefined).toBe(true);
    }
  }
  expect(provenClick("secreu", signed)).toBeUndefined();
});
