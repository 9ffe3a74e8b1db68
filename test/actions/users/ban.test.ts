import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import { ADMIN_ID, anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { accepted, expectRefused, invited, launched, peopled, published } from "../../support/launched.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";

const OTHER_ADMIN_ID = "00000000-0000-4000-8000-0000000000a2";
let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const ban = (userId: string, actor = admin()) =>
  stage.run(banUser, { actor, path: { userId }, body: { reason: "fraud" } });
const unban = (userId: string) => stage.run(unbanUser, { actor: admin(), path: { userId } });

describe("a ban", () => {
  test("holds for the account and its money in one write, and leaves who, whom and why", async () => {
    expect(await ban(CREATOR_ID)).toMatchObject({ id: CREATOR_ID, status: "suspended" });
    expect(await stage.ports.wallets.get(CREATOR_ID)).toMatchObject({
      ownerStatus: "suspended",
      suspendedAt: stage.clock.now,
    });
    expect(stage.stored("auditEntry").at(-1)).toMatchObject({
      action: "account.suspended",
      actorId: ADMIN_ID,
      changes: expect.arrayContaining([{ field: "reason", before: null, after: "fraud" }]),
    });
    const [before, again] = [stage.table.all(), await ban(CREATOR_ID)];
    expect(again.status).toBe("suspended");
    expect(stage.table.all()).toEqual(before);
  });

  test("ends with all that it held back", async () => {
    await ban(CREATOR_ID);
    expect(await unban(CREATOR_ID)).toMatchObject({ status: "active" });
    const wallet = await stage.ports.wallets.get(CREATOR_ID);
    expect(wallet).toMatchObject({ ownerStatus: "active" });
    expect(wallet).not.toHaveProperty("suspendedAt");
  });

  test("of somebody who is not there is refused", async () => {
    const nobody = "00000000-0000-4000-8000-0000000000ff";
    await expectRefused(stage, () => ban(nobody), "user.not_found");
    await expectRefused(stage, () => unban(nobody), "user.not_found");
  });

  test("leaves an admin, also when two ban each other at once", async () => {
    await expectRefused(stage, () => ban(ADMIN_ID), "role.last_admin");
    await stage.given("account", anAccount({ id: OTHER_ADMIN_ID, roles: ["admin"], email: "other@example.com" }));
    const outcomes = await Promise.allSettled([ban(OTHER_ADMIN_ID), ban(ADMIN_ID, admin(OTHER_ADMIN_ID))]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("of either side keeps money from being secured, also by an admin on their behalf", async () => {
    const campaignId = await launched(stage);
    await invited(stage, campaignId);
    await ban(BRAND_ID);
    await expectRefused(stage, () => accepted(stage, campaignId, CREATOR_ID, admin()), "account.suspended");
    await unban(BRAND_ID);
    await ban(CREATOR_ID);
    await expectRefused(stage, () => accepted(stage, campaignId, CREATOR_ID, admin()), "account.suspended");
    await unban(CREATOR_ID);
    expect(await accepted(stage, campaignId, CREATOR_ID, creator())).toMatchObject({ secured: true });
    await expectRefused(stage, () => published(stage, campaignId, brand()), "campaign.not_draft");
  });
});
