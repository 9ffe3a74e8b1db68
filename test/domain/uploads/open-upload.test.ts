import { expect, test } from "@jest/globals";
import type { Participant } from "#shared/domain/invitations/participant";
import { openUpload } from "#shared/domain/uploads/open-upload";
import { CAMPAIGN_ID, aParticipant, at } from "../../support/builders.ts";
import { creator, sequentialIds } from "../../support/stage.ts";

const asked = { campaignId: CAMPAIGN_ID, contentType: "image/png", sizeBytes: 3 };
const opened = (participant: Participant | undefined, parts: Partial<typeof asked> = {}) =>
  openUpload({ participant }, { ...asked, ...parts }, { actor: creator(), now: at, newId: sequentialIds() });

test("who takes part announces a file", () => {
  expect(opened(aParticipant()).upload).toMatchObject({ ...asked, creatorId: creator().userId, sha256: null });
});

test.each([
  ["was removed", aParticipant({ status: "inactive" }), "inactive"],
  ["never joined", undefined, "none"],
])("who %s announces nothing", (_who, participant, currentState) => {
  expect(() => opened(participant)).toThrow(
    expect.objectContaining({
      refusal: expect.objectContaining({ code: "participant.not_active" }),
      context: { currentState },
    }),
  );
});

test.each([
  ["a type that a browser would run", { contentType: "text/html" }, "upload.type_not_allowed"],
  ["more than its type may have", { sizeBytes: 25 * 1024 ** 2 + 1 }, "upload.too_large"],
])("%s is refused", (_what, parts, code) => {
  expect(() => opened(aParticipant(), parts)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code }) }),
  );
});
