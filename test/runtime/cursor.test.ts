import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { Role } from "#shared/domain/kernel/actor";
import { Refusal } from "#shared/domain/kernel/refusal";
import { type CursorScope, openCursor, sealCursor } from "#shared/runtime/cursor";
import { brand, creator } from "../support/stage.ts";

const key = new Uint8Array(32).fill(1);
const scope: CursorScope = { caller: brand(), route: "GET /v1/campaigns /v1/campaigns", filters: { status: "draft" } };
const position = { pk: "CAMPAIGN#cmp_1", sk: "CAMPAIGN" };
const invalid = expect.objectContaining({ refusal: expect.objectContaining({ code: "cursor.invalid" }) });

const actor = fc.record({ userId: fc.uuid(), roles: fc.uniqueArray(fc.constantFrom(...Role.options)) });
const anyScope: fc.Arbitrary<CursorScope> = fc.record({
  caller: actor,
  route: fc.string({ minLength: 1 }),
  filters: fc.dictionary(fc.constantFrom("status", "type", "q"), fc.string()),
});
const anyPosition = fc.dictionary(fc.constantFrom("pk", "sk", "kindPk", "kindSk"), fc.string({ unit: "grapheme" }), {
  minKeys: 2,
});
const meaning = ({ caller, route, filters }: CursorScope) =>
  JSON.stringify([caller.userId, [...caller.roles].sort(), route, filters]);

test("a cursor opens where it belongs, and gives the position it was sealed with", () => {
  fc.assert(
    fc.property(anyScope, anyPosition, (of, at) => {
      expect(openCursor(key, of, sealCursor(key, of, at))).toEqual(at);
    }),
  );
});

test("a cursor opens nowhere else", () => {
  fc.assert(
    fc.property(anyScope, anyScope, anyPosition, (of, other, at) => {
      fc.pre(meaning(of) !== meaning(other));
      expect(() => openCursor(key, other, sealCursor(key, of, at))).toThrow(invalid);
    }),
  );
});

describe("of one caller's draft campaigns, it is none of", () => {
  const sealed = sealCursor(key, scope, position);
  test.each<[string, Partial<CursorScope>]>([
    ["another brand's", { caller: brand(creator().userId) }],
    ["the same caller's, with another role", { caller: { ...scope.caller, roles: ["admin", "brand"] } }],
    ["another list's", { route: "GET /v1/links /v1/links" }],
    ["the same route's elsewhere", { route: "GET /v1/campaigns /v1/campaigns/x" }],
    ["another filter's", { filters: { status: "active" } }],
    ["the list's without a filter", { filters: {} }],
  ])("%s", (_what, other) => {
    expect(() => openCursor(key, { ...scope, ...other }, sealed)).toThrow(invalid);
  });

  test("another stage's", () => {
    expect(() => openCursor(new Uint8Array(32).fill(2), scope, sealed)).toThrow(invalid);
  });
});

describe("what a client makes of it", () => {
  const sealed = sealCursor(key, scope, position);
  const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  test("with any one character changed, added or left out, or cut anywhere, is refused", () => {
    for (let at = 0; at < sealed.length; at += 1) {
      const [before, after] = [sealed.slice(0, at), sealed.slice(at + 1)];
      const other = characters[(characters.indexOf(sealed[at] ?? "") + 1) % characters.length];
      for (const altered of [`${before}${other}${after}`, `${before}${after}`, `${before}A${sealed.slice(at)}`, before])
        expect(() => openCursor(key, scope, altered)).toThrow(invalid);
    }
  });

  test("spelled in another way is refused", () => {
    for (const other of [
      `${sealed}=`,
      `${sealed} `,
      ` ${sealed}`,
      `${sealed}.`,
      sealed.replaceAll("-", "+"),
      `${sealed}A`,
    ])
      if (other !== sealed) expect(() => openCursor(key, scope, other)).toThrow(invalid);
  });

  test("whatever it is, is a refusal and never a defect", () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some).toString("base64url"));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), bytes), (text) => {
        expect(errorOf(() => openCursor(key, scope, text))).toBeInstanceOf(Refusal);
      }),
      { numRuns: 500 },
    );
  });
});

test("says nothing: neither its keys nor whether two are of one place", () => {
  const sealed = sealCursor(key, scope, position);
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toMatch(/CAMPAIGN|cmp_|pk|sk/);
  expect(sealCursor(key, scope, position)).not.toBe(sealed);
});

function errorOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
