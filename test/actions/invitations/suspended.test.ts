import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as acceptInvitation } from "#lambdas/invitations/accept-invitation";
import { anAccount, CREATOR_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { accepted, expectRefused, interrupted, invited, launched, peopled } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
let campaignId: string;
beforeEach(async () => {
  stage = await peopled();
  campaignId = await launched(stage);
});

describe("acceptance is refused", () => {
  test("for a creator who is suspended, also when an admin answers for them", async () => {
    await invited(stage, campaignId);
    await stage.given("wallet", aWallet({ userId: CREATOR_ID, ownerStatus: "suspended" }));
    await expectRefused(stage, () => accepted(stage, campaignId, CREATOR_ID, admin()), "account.suspended");
  });

  test("by an admin for a creator who is suspended between the decision and the write", async () => {
    await invited(stage, campaignId);
    const suspend = () => stage.given("wallet", aWallet({ userId: CREATOR_ID, ownerStatus: "suspended" }));
    const path = { campaignId, creatorId: CREATOR_ID };
    const late = stage.run(interrupted(acceptInvitation, suspend), { actor: admin(), path });
    await expect(late).rejects.toMatchObject({ refusal: { code: "account.suspended" } });
    expect(await stage.ports.participants.get(campaignId, CREATOR_ID)).toBeUndefined();
    expect(await stage.ports.campaigns.budget(campaignId)).toMatchObject({ secured: 0 });
  });

  test("to a creator who is suspended between the decision and the write", async () => {
    await invited(stage, campaignId);
    const suspend = () =>
      stage.given("account", anAccount({ id: CREATOR_ID, roles: ["creator"], status: "suspended" }));
    const late = stage.run(interrupted(acceptInvitation, suspend), {
      actor: creator(),
      path: { campaignId, creatorId: CREATOR_ID },
    });
    await expect(late).rejects.toMatchObject({ refusal: { code: "account.suspended" } });
    expect(await stage.ports.participants.get(campaignId, CREATOR_ID)).toBeUndefined();
  });
});
