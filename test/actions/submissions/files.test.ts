import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getSubmission } from "#lambdas/submissions/get-submission";
import { handler as keepSubmittedFiles } from "#lambdas/submissions/keep-submitted-files";
import { getSubmission as contract } from "#shared/contracts/submissions";
import { type Actor, systemActor } from "#shared/domain/kernel/actor";
import { NewSubmission } from "#shared/domain/submissions/input";
import { NewUpload, sizeLimits } from "#shared/domain/uploads/upload";
import { CREATOR_ID } from "../../support/builders.ts";
import { auditRows, expectRefused, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";
import { removed } from "../settlements/settling.ts";
import { joined, submitted, uploadOpened, type Work, working } from "./delivered.ts";

const PNG = Buffer.from("png");
let stage: TestStage;
let work: Work;
beforeEach(async () => {
  stage = await peopled();
  work = await working(stage);
});
const opened = (parts: object = {}, actor = creator()) => uploadOpened(stage, work.campaignId, parts, actor);
async function uploaded(content = PNG, parts: object = {}): Promise<string> {
  const { fileId, upload } = await opened({ sizeBytes: content.length, ...parts });
  stage.files.post(upload, content);
  return fileId;
}
const handedIn = (fileId: string, actor: Actor = creator()) => submitted(stage, work, { type: "file", fileId }, actor);
const read = async (submissionId: string, actor: Actor = brand()) =>
  contract.reply.parse(await stage.run(getSubmission, { actor, path: { campaignId: work.campaignId, submissionId } }));

describe("a form to upload with", () => {
  test("is given to whoever takes part, and leaves an audit row", async () => {
    const { fileId, expiresAt } = await opened();
    expect(await stage.ports.uploads.get(work.campaignId, fileId)).toMatchObject({
      creatorId: CREATOR_ID,
      contentType: "image/png",
      sizeBytes: 3,
      sha256: null,
    });
    expect(expiresAt > stage.clock.now).toBe(true);
    expect(auditRows(stage, "upload.opened")).toHaveLength(1);
  });

  test.each([...sizeLimits])("of %s may have %i bytes, and not one more", async (contentType, limit) => {
    await opened({ contentType, sizeBytes: limit });
    await expectRefused(stage, () => opened({ contentType, sizeBytes: limit + 1 }), "upload.too_large");
  });

  test.each(["text/html", "image/svg+xml", "application/zip", "image/PNG", "image/png; charset=x", "video/mp4 "])(
    "is not given for %s",
    async (contentType) => {
      await expectRefused(stage, () => opened({ contentType }), "upload.type_not_allowed");
    },
  );

  test("is not given to strangers, nor to who was removed", async () => {
    await expectRefused(stage, () => opened({}, creator(OTHER_CREATOR_ID)), "campaign.not_found");
    await removed(stage, work.campaignId);
    await expectRefused(stage, () => opened(), "campaign.not_found");
  });

  test.each([{ sizeBytes: 0 }, { sizeBytes: 1.5 }, { contentType: "" }, { sha256: "AB" }, { key: "x" }])(
    "is not given for %j: that is no request",
    (parts) => {
      const body = { contentType: "image/png", sizeBytes: 3, campaignId: work.campaignId, ...parts };
      expect(NewUpload.safeParse(body).success).toBe(false);
    },
  );
});

describe("a file that was uploaded", () => {
  test("is content; whoever may read it gets a link to this one version, and the version's name stays with us", async () => {
    const sha256 = createHash("sha256").update(PNG).digest("hex");
    const fileId = await uploaded(PNG, { sha256 });
    const { id, type } = await handedIn(fileId);
    expect(type).toBe("file");
    // The form is good for another upload: what was handed in stays what it was.
    stage.files.post(
      { fields: { key: `files/${work.campaignId}/${CREATOR_ID}/${fileId}`, "Content-Type": "image/png", size: "3" } },
      Buffer.from("gif"),
    );
    for (const actor of [brand(), creator()]) {
      const seen = await read(id, actor);
      expect(seen).toMatchObject({ fileId, contentUrl: null, text: null, file: { contentType: "image/png", sha256 } });
      expect(seen.file).not.toHaveProperty("versionId");
      expect(seen.downloadUrl).toMatch(/versionId=v1$/);
    }
    await expectRefused(stage, () => read(id, creator(OTHER_CREATOR_ID)), "submission.not_found");
  });

  test("is nobody else's, and not for another campaign", async () => {
    await joined(stage, work.campaignId, OTHER_CREATOR_ID);
    const fileId = await uploaded();
    await expectRefused(stage, () => handedIn(fileId, creator(OTHER_CREATOR_ID)), "submission.file_unknown");
  });

  test("is refused before it has come, and a day after it was announced", async () => {
    const { fileId } = await opened();
    await expectRefused(stage, () => handedIn(fileId), "upload.incomplete");
    const late = await uploaded();
    stage.clock.now = "2026-11-26T12:00:00.000Z";
    await expectRefused(stage, () => handedIn(late), "submission.file_unknown");
  });

  test("is kept once it was handed in, however often the event comes; other content has nothing to keep", async () => {
    const fileId = await uploaded();
    const { id } = await handedIn(fileId);
    const text = await submitted(stage, work, { type: "text", text: "words" });
    const occasion = { actor: systemActor("consumer"), now: stage.clock.now, requestId: "r", newId: stage.newId };
    const ports = stage.granted(keepSubmittedFiles.contract.uses, occasion);
    for (const submissionId of [id, id, text.id])
      await keepSubmittedFiles.run(occasion, { detail: { campaignId: work.campaignId, submissionId } } as never, ports);
    expect([...stage.files.kept]).toEqual([`files/${work.campaignId}/${CREATOR_ID}/${fileId} v1`]);
  });
});

describe("content", () => {
  const base = { deliverableId: `dlv_${"0".repeat(26)}` };
  test.each([
    ["a URL that is not https", { type: "url", contentUrl: "http://example.com/post" }],
    ["a URL with credentials", { type: "url", contentUrl: "https://ada:secret@example.com/post" }],
    ["a URL with a user", { type: "url", contentUrl: "https://ada@example.com/post" }],
    ["no URL", { type: "url", contentUrl: "javascript:alert(1)" }],
    ["a URL without its field", { type: "url" }],
    ["a URL with a text", { type: "url", contentUrl: "https://example.com/", text: "x" }],
    ["a text with a URL", { type: "text", text: "x", contentUrl: "https://example.com/" }],
    ["a text of nothing", { type: "text", text: "" }],
    ["a text of blanks", { type: "text", text: " \n\u00a0\u200b\t" }],
    ["a file by a path", { type: "file", fileId: "../secret" }],
    ["a file with a URL", { type: "file", fileId: `fil_${"0".repeat(26)}`, contentUrl: "https://example.com/" }],
    ["no type", { text: "x" }],
  ])("is not %s", (_what, content) => {
    expect(NewSubmission.safeParse({ ...base, ...content }).success).toBe(false);
  });

  test("is exactly the field that its type needs", () => {
    for (const content of [
      { type: "url", contentUrl: "https://example.com/a@b" },
      { type: "text", text: "x" },
      { type: "file", fileId: `fil_${"0".repeat(26)}` },
    ])
      expect(NewSubmission.safeParse({ ...base, ...content }).success).toBe(true);
  });
});
