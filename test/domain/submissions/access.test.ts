import { expect, test } from "@jest/globals";
import { authoredBy, fileOf, readableBy, reviewableBy } from "#shared/domain/submissions/access";
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
    expect(() => authoredBy(actor, reading)).toThrow(notFound);
  }
});

test("its author reads a submission, its brand and admins review it, too", () => {
  for (const actor of [creator(), brand(), admin()]) expect(readableBy(actor, whole)).toEqual(whole);
  for (const actor of [brand(), admin()]) expect(reviewableBy(actor, whole)).toEqual(whole);
  expect(() => reviewableBy(creator(), whole)).toThrow(notFound);
});

test("as its author, it is read by its author alone", () => {
  expect(authoredBy(creator(), whole)).toEqual(whole);
  for (const actor of [brand(), admin()]) expect(() => authoredBy(actor, whole)).toThrow(notFound);
});

const file = { contentType: "image/png", sizeBytes: 3, etag: "e", versionId: "v", sha256: null };
const fileId = `fil_${"0".repeat(26)}`;

test("a file is where its campaign, its creator and its id say", () => {
  const { campaignId, creatorId } = whole.submission;
  const address = { campaignId, creatorId, fileId };
  expect(fileOf(aSubmission({ fileId, file }))).toEqual({ address, file });
});

test.each([
  ["no submission", undefined],
  ["a submission of something else", aSubmission({ fileId: null })],
  ["a file whose version was not looked at", aSubmission({ fileId })],
  ["a version without its file", aSubmission({ fileId: null, file })],
])("%s has no file", (_what, submission) => {
  expect(fileOf(submission)).toBeUndefined();
});
