import { expect, test } from "@jest/globals";
import { disputableBy } from "#shared/domain/disputes/access";
import { aCampaign, aSubmission, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_BRAND_ID, OTHER_CREATOR_ID } from "../../support/launched.ts";
import { admin, brand, creator } from "../../support/stage.ts";

const [campaign, submission] = [aCampaign(), aSubmission()];

test("a submission can be disputed by its two sides", () => {
  for (const actor of [brand(), creator()])
    expect(disputableBy(actor, { campaign, submission })).toEqual({ campaign, submission });
});

test.each([
  ["another brand", brand(OTHER_BRAND_ID), { campaign, submission }],
  ["another creator", creator(OTHER_CREATOR_ID), { campaign, submission }],
  ["who made it, and is a creator no more", { ...creator(), roles: ["brand" as const] }, { campaign, submission }],
  ["an admin", admin(), { campaign, submission }],
  ["its brand, when there is no submission", brand(), { campaign, submission: undefined }],
  ["its creator, when there is no submission", creator(CREATOR_ID), { campaign, submission: undefined }],
  ["its creator, when there is no campaign", creator(), { campaign: undefined, submission }],
])("for %s there is none", (_, actor, seen) => {
  expect(() => disputableBy(actor, seen)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: "submission.not_found" }) }),
  );
});
