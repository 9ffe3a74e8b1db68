import { beforeEach, describe, expect, test } from "@jest/globals";
import { CREATOR_ID } from "../../support/builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import {
  accepted,
  auditRows,
  expectRefused,
  invited,
  launched,
  OTHER_CREATOR_ID,
  peopled,
  declined,
} from "../../support/launched.ts";

let stage: TestStage;
let campaignId: string;
beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
});

describe("a refusal by the creator", () => {
  test("is final, costs nothing, and the brand hears of it", async () => {
    await invited(stage, campaignId);
    expect(await declined(stage, campaignId)).toMatchObject({
      status: "declined",
      version: 2,
      respondedAt: stage.clock.now,
    });
    expect(stage.outbox()).toContain("invitation.declined");
    expect(await stage.ports.campaigns.budget(campaignId)).toMatchObject({ unassigned: 100_000, secured: 0 });
    await expectRefused(stage, () => accepted(stage, campaignId), "invitation.not_pending", "declined");
  });

  test("by an admin is recorded as on the creator's behalf", async () => {
    await invited(stage, campaignId);
    await declined(stage, campaignId, CREATOR_ID, admin());
    expect(auditRows(stage, "invitation.declined")[0]).toMatchObject({ onBehalfOf: CREATOR_ID });
  });

  test.each([
    ["another creator", creator(OTHER_CREATOR_ID)],
    ["the brand", brand()],
  ])("is nothing %s can say", async (_who, actor) => {
    await invited(stage, campaignId);
    await expectRefused(stage, () => declined(stage, campaignId, CREATOR_ID, actor), "invitation.not_found");
  });
});
