/** What tags say: which versions an `If-Match` allows, and that every contract says whose; what an `If-None-Match` knows. */
import { expect, test } from "@jest/globals";
import { actions } from "#shared/contracts/index";
import { requireVersion } from "#shared/domain/kernel/if-match";
import { commitsOf } from "#shared/ports/touched";
import { entityTag, isKnown, versionsOf } from "#shared/runtime/entity-tag";

test.each<[string | undefined, readonly number[] | undefined]>([
  [undefined, undefined],
  ["*", undefined],
  [' "v12" ', [12]],
  ['"v1", "v3"', [1, 3]],
  [entityTag("{}", 12), [12]],
  [entityTag("{}", undefined), [-1]],
  ['"v1.a b"', [-1]],
  ['W/"v1"', [-1]],
  ['"abc"', [-1]],
  ["", [-1]],
])("%p allows versions %p", (tag, versions) => {
  expect(versionsOf(tag)).toEqual(versions);
});

test("a thing in a version that is allowed is let through, in another it is refused with what there is", () => {
  for (const ifMatch of [undefined, [3], [1, 3]])
    expect(() => requireVersion({ version: 3 }, { ifMatch })).not.toThrow();
  for (const ifMatch of [[-1], [2], [4], [1, 2]])
    expect(() => requireVersion({ version: 3 }, { ifMatch })).toThrow(
      expect.objectContaining({
        refusal: expect.objectContaining({ code: "version.changed" }),
        context: { currentState: "v3" },
      }),
    );
});

/** By which somebody agrees to what the other side may have changed since they read it. */
const agreements = ["acceptInvitation", "declineInvitation", "agreeToExtension"];

test("every PATCH, DELETE and agreement says which of the things that it commits is meant, and no other action does", () => {
  for (const { name, contract } of actions) {
    if (contract.trigger !== "http") continue;
    const { ifMatch, route, uses } = contract;
    if (/^(PATCH|DELETE) /.test(route) || agreements.includes(name))
      expect([name, commitsOf(uses)]).toEqual([name, expect.arrayContaining([ifMatch])]);
    else expect([name, ifMatch]).toEqual([name, undefined]);
  }
});

test("a tag is another one for another version and for other bytes, and nothing that a header cannot carry", () => {
  const tags = [entityTag("a", 1), entityTag("a", 2), entityTag("b", 1), entityTag("a", undefined)];
  expect(new Set([...tags, entityTag("a", 1)]).size).toBe(4);
  for (const tag of tags) expect(tag).toMatch(/^"[\w.-]+"$/);
});

test.each([
  ['"a"', true],
  ["*", true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ["a", false],
  ['"b"', false],
  ["", false],
])("%p in If-None-Match knows of it: %p", (ifNoneMatch, isSaid) => {
  expect(isKnown(ifNoneMatch, '"a"')).toBe(isSaid);
});
