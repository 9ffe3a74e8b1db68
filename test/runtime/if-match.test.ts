/** Which versions an `If-Match` allows, and that every contract says whose. */
import { expect, test } from "@jest/globals";
import { actions } from "#shared/contracts/index";
import { requireVersion } from "#shared/domain/kernel/if-match";
import { commitsOf } from "#shared/ports/touched";
import { versionsOf } from "#shared/runtime/if-match";

test.each<[string | undefined, readonly number[] | undefined]>([
  [undefined, undefined],
  ["*", undefined],
  [' "v12" ', [12]],
  ['"v1", "v3"', [1, 3]],
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

test("every PATCH and DELETE says which of the things that it commits is meant, and no other action does", () => {
  for (const { name, contract } of actions) {
    if (contract.trigger !== "http") continue;
    const { ifMatch, route, uses } = contract;
    if (/^(PATCH|DELETE) /.test(route))
      expect([name, commitsOf(uses)]).toEqual([name, expect.arrayContaining([ifMatch])]);
    else expect([name, ifMatch]).toEqual([name, undefined]);
  }
});
