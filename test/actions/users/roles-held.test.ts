/** Roles that are taken away while a command is under way: what was let in is not written. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as createCampaign } from "#lambdas/campaigns/create-campaign";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { NewCampaign } from "#shared/domain/campaigns/input";
import { ADMIN_ID, anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aBrief, interrupted, peopled } from "../../support/launched.ts";
import { admin, brand, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const gone = { refusal: { code: "access.role_not_allowed" } };

test("a brand that is none any more drafts nothing", async () => {
  const demoted = () => stage.given("account", anAccount({ id: BRAND_ID, roles: ["creator"], version: 2 }));
  const body: NewCampaign = aBrief();
  const late = stage.run(interrupted(createCampaign, demoted), { actor: brand(), body });
  await expect(late).rejects.toMatchObject(gone);
  expect(stage.stored("campaign")).toEqual([]);
});

test("an admin who is none any more gives nobody roles, themselves included", async () => {
  await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["admin"] }));
  const demoted = () => stage.given("account", anAccount({ id: ADMIN_ID, roles: ["brand"], version: 2 }));
  for (const userId of [BRAND_ID, ADMIN_ID]) {
    await stage.given("account", anAccount({ id: ADMIN_ID, roles: ["admin"], version: 1 }));
    const late = stage.run(interrupted(setUserRoles, demoted), {
      actor: admin(),
      path: { userId },
      body: { roles: ["admin", "creator"] },
    });
    await expect(late).rejects.toMatchObject(gone);
  }
  expect((await stage.ports.accounts.get(ADMIN_ID))?.roles).toEqual(["brand"]);
  expect((await stage.ports.accounts.get(BRAND_ID))?.roles).toEqual(["brand"]);
});

test("somebody whose account changed in another way is decided about again", async () => {
  const renamed = () => stage.given("account", anAccount({ id: BRAND_ID, roles: ["brand", "creator"], version: 2 }));
  const { id } = await stage.run(interrupted(createCampaign, renamed), { actor: brand(), body: aBrief() });
  expect((await stage.ports.campaigns.get(id))?.brandId).toBe(BRAND_ID);
});
