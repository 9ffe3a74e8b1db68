import { expect, test } from "@jest/globals";
import { claimFile, type Uploaded } from "#shared/domain/uploads/claim-file";
import type { Upload } from "#shared/domain/uploads/upload";
import { CAMPAIGN_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";

const now = "2026-11-25T12:00:00.000Z";
const upload: Upload = {
  id: `fil_${"0".repeat(26)}`,
  campaignId: CAMPAIGN_ID,
  creatorId: CREATOR_ID,
  contentType: "image/png",
  sizeBytes: 3,
  sha256: "a".repeat(64),
  expiresAt: "2026-11-26T12:00:00.000Z",
  createdAt: now,
  version: 1,
};
const stored = { contentType: "image/png", sizeBytes: 3, etag: "e", versionId: "v" };
const owner = { campaignId: CAMPAIGN_ID, creatorId: CREATOR_ID };

test("what was announced and has come is content, in the version that was looked at", () => {
  expect(claimFile({ upload, stored }, owner, now)).toEqual({ ...stored, sha256: upload.sha256 });
});

test.each<[string, string, Uploaded, Partial<typeof owner>, string?]>([
  ["was never announced", "submission.file_unknown", { stored }, {}],
  ["is another creator's", "submission.file_unknown", { upload, stored }, { creatorId: OTHER_CREATOR_ID }],
  ["is another campaign's", "submission.file_unknown", { upload, stored }, { campaignId: `cmp_${"9".repeat(26)}` }],
  ["was announced a day ago", "submission.file_unknown", { upload, stored }, {}, upload.expiresAt],
  ["has not come", "upload.incomplete", { upload }, {}],
  ["is larger", "upload.mismatch", { upload, stored: { ...stored, sizeBytes: 4 } }, {}],
  ["is of another type", "upload.mismatch", { upload, stored: { ...stored, contentType: "text/html" } }, {}],
])("a file that %s is refused: %s", (_what, code, uploaded, other, at = now) => {
  expect(() => claimFile(uploaded, { ...owner, ...other }, at)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code, kind: "unprocessable" }) }),
  );
});
