import { expect, test } from "@jest/globals";
import { readableBy, reviewableBy } from "#shared/domain/submissions/access";
import { submissionRefusals } from "#shared/domain/submissions/refusals";
import { aCampaign, aSubmission } from "../../support/builders.ts";
import { admin, brand, creator } from "../../support/stage.ts";

const whole = { campaign: aCampaign(), submission: aSubmission() };
const notFound = expect.objectContaining({ refusal: submissionRefusals.notFound });

test.each([
  ["its campaign", { ...whole, campaign: undefined }],
  ["the submission itself", { ...whole, submission: undefined }],
  ["both", { campaign: undefined, submission: undefined }],
])("without %s there is nothing to read or review, whoever asks", (_name, reading) => {
  for (const actor of [creator(), brand(), admin()]) {
    expect(() => readableBy(actor, reading)).toThrow(notFound);
    expect(() => reviewableBy(actor, reading)).toThrow(notFound);
  }
});

test("its author reads a submission, its brand and admins review it, too", () => {
  for (const actor of [creator(), brand(), admin()]) expect(readableBy(actor, whole)).toEqual(whole);
  for (const actor of [brand(), admin()]) expect(reviewableBy(actor, whole)).toEqual(whole);
  expect(() => reviewableBy(creator(), whole)).toThrow(notFound);
});
