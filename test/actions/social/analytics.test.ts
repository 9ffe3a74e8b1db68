/** Who sees how a creator's audience has come to be. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getCreatorAnalytics } from "#lambdas/social/get-creator-analytics";
import { CREATOR_ID } from "../../support/builders.ts";
import { expectRefused, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { aSocialAccount, aSocialDay, someFigures } from "../../support/social-builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
  for (const platform of ["instagram", "youtube"] as const)
    await stage.given("socialAccount", aSocialAccount({ platform }));
  const days = [
    ["instagram", "2026-11-02", 25_000],
    ["instagram", "2026-11-03", 40_000],
    ["youtube", "2026-11-02", 900],
    ["tiktok", "2026-11-02", 1],
  ] as const;
  for (const [platform, day, followerCount] of days)
    await stage.given(
      "socialDay",
      aSocialDay({ platform, day, syncedAt: `${day}T08:00:00.000Z`, figures: someFigures({ followerCount }) }),
    );
});
const asked = (actor = brand(), query: object = {}, page?: { limit: number; after?: Record<string, string> }) =>
  stage.run(getCreatorAnalytics, { actor, path: { creatorId: CREATOR_ID }, query, ...(page && { page }) });
const spelled = async (...given: Parameters<typeof asked>) =>
  (await asked(...given)).items.map(({ platform, date, followerCount }) => `${platform} ${date} ${followerCount}`);
const all = ["instagram 2026-11-02 25000", "instagram 2026-11-03 40000", "youtube 2026-11-02 900"];

describe("a creator's history", () => {
  test("is seen by brands, admins and themselves, by network and day, of what is connected", async () => {
    expect(await spelled()).toEqual(all);
    expect(await spelled(admin())).toEqual(all);
    expect(await spelled(creator(CREATOR_ID))).toEqual(all);
    await expectRefused(stage, () => asked(creator(OTHER_CREATOR_ID)), "creator.not_found");
  });

  test("has its flags with their evidence, the same for brands, admins and whose it is", async () => {
    const flags = async (actor: Parameters<typeof asked>[0]) => (await asked(actor)).items.map((day) => day.flags);
    const [, jumped] = await flags(brand());
    expect(jumped).toMatchObject([
      { flag: "follower_jump", date: "2026-11-03", evidence: { followersBefore: 25_000, followersAfter: 40_000 } },
    ]);
    expect(await flags(creator(CREATOR_ID))).toEqual(await flags(brand()));
    expect(await flags(admin())).toEqual(await flags(brand()));
  });

  test("is shown as far as it was asked for, in pages", async () => {
    expect(await spelled(brand(), { platform: "youtube" })).toEqual(all.slice(2));
    expect(await spelled(brand(), { from: "2026-11-03" })).toEqual(all.slice(1, 2));
    expect(await spelled(brand(), { to: "2026-11-02", platform: "instagram" })).toEqual(all.slice(0, 1));
    const { next } = await asked(brand(), {}, { limit: 2 });
    expect(await spelled(brand(), {}, { limit: 2, after: next ?? {} })).toEqual(all.slice(2));
  });

  test("of somebody banned, or of nobody's, is not there", async () => {
    const account = await stage.ports.accounts.get(CREATOR_ID);
    await stage.given("account", { ...(account as NonNullable<typeof account>), status: "suspended" });
    await expectRefused(stage, () => asked(), "creator.not_found");
  });
});
