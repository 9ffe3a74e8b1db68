/** Which version an `If-Match` names, and which changes it lets through. */
import { expect, test } from "@jest/globals";
import { actions } from "#shared/contracts/index";
import { changed, created, removed } from "#shared/domain/change";
import { commitsOf } from "#shared/ports/touched";
import { preconditionOf, requirePrecondition } from "#shared/runtime/if-match";
import { aCampaign, aDeliverable } from "../support/builders.ts";

const about = { ifMatch: "campaign" } as const;

test.each<[string | undefined, number | undefined]>([
  [undefined, undefined],
  ["*", undefined],
  [' "v12" ', 12],
  ['W/"v1"', -1],
  ['"abc"', -1],
  ["", -1],
])("%p names version %p", (tag, version) => {
  expect(preconditionOf(about, tag)).toEqual(version === undefined ? undefined : { entity: "campaign", version });
  expect(preconditionOf({}, tag)).toBeUndefined();
});

const campaign = aCampaign({ version: 3 });
const change = {
  entities: [removed("deliverable", aDeliverable({ version: 8 })), changed("campaign", campaign, campaign)],
};

test("a change of the version that was read is let through, of another it is refused with what there is", () => {
  const require = (version: number) => requirePrecondition(change, { entity: "campaign", version });
  expect(() => require(3)).not.toThrow();
  for (const version of [-1, 2, 4, 8])
    expect(() => require(version)).toThrow(
      expect.objectContaining({
        refusal: expect.objectContaining({ code: "version.changed" }),
        context: { currentState: "v3" },
      }),
    );
});

test("what was not there before, and what the change does not hold, has no version to differ from", () => {
  const precondition = { entity: "campaign", version: 9 } as const;
  expect(() => requirePrecondition({ entities: [created("campaign", aCampaign())] }, precondition)).not.toThrow();
  expect(() => requirePrecondition({ entities: [] }, precondition)).not.toThrow();
  expect(() => requirePrecondition(change, undefined)).not.toThrow();
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
