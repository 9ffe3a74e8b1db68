/** What an audience was flagged for is of the account at its network: who disconnects and connects again does not wash it clean. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import { handler as getCreatorAnalytics } from "#lambdas/social/get-creator-analytics";
import { factsOf } from "#shared/application/matching/creator-facts";
import { plusDays } from "#shared/domain/kernel/time";
import { rightCard } from "#shared/domain/matching/follow-creator";
import type { SocialFigures } from "#shared/domain/social/social-account";
import { Unavailable } from "#shared/ports/outside";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { someFigures } from "../../support/social-builders.ts";
import { brand, creator, type TestStage } from "../../support/stage.ts";
import { connected, eventsOf, forgot, memberOf, worked } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const platform = "instagram" as const;

const daysLater = (days: number): void => {
  stage.clock.now = plusDays(stage.clock.now, days);
};
const isReadAs = async (figures: Partial<SocialFigures>, userId = CREATOR_ID) => {
  stage.socialNetworks.change(platform, "mia", figures);
  await worked(stage, { task: "sync", userId, platform });
};
const connectedAs = (followerCount: number, userId = CREATOR_ID) =>
  connected(stage, platform, {
    actor: creator(userId),
    member: memberOf("mia", someFigures({ followerCount })),
  });
const disconnectedBy = async (userId = CREATOR_ID) => {
  await stage.run(disconnectSocialAccount, { actor: creator(userId), path: { platform } });
  for (const event of eventsOf(stage, "social.account_disconnected")) await forgot(stage, event);
};
const flagsOf = async (userId = CREATOR_ID) =>
  rightCard(await factsOf(userId, stage.ports))?.accounts.flatMap(({ flags }) => flags);
/** A crowd came overnight. */
const jumped = async () => {
  await connectedAs(25_000);
  daysLater(1);
  await isReadAs({ followerCount: 40_000 });
};

describe("a jump of followers stays with the account", () => {
  test.each([
    ["by whom it was disconnected", CREATOR_ID],
    ["by somebody else", OTHER_CREATOR_ID],
  ])("that is connected again %s", async (_by, userId) => {
    await jumped();
    expect(await flagsOf()).toEqual(["follower_jump"]);
    await disconnectedBy();
    expect([await flagsOf(), stage.stored("socialDay")]).toEqual([[], []]);
    daysLater(2);
    await connectedAs(40_000, userId);
    expect(await flagsOf(userId)).toEqual(["follower_jump"]);
    const path = { creatorId: userId };
    const { items } = await stage.run(getCreatorAnalytics, { actor: brand(), path, query: {} });
    expect(items).toMatchObject([
      {
        date: stage.clock.now.slice(0, 10),
        followerCount: 40_000,
        flags: [{ flag: "follower_jump", date: "2026-11-26", evidence: { followersBefore: 25_000 } }],
      },
    ]);
  });

  test("however often that is done, and as long as it would have stood", async () => {
    await jumped();
    for (let round = 0; round < 3; round += 1) {
      await disconnectedBy();
      daysLater(20);
      await connectedAs(39_500);
      expect(await flagsOf()).toEqual(["follower_jump"]);
    }
    daysLater(40);
    await isReadAs({ followerCount: 39_900 });
    expect(await flagsOf()).toEqual([]);
  });

  test("and is seen to be lost again since", async () => {
    await jumped();
    await disconnectedBy();
    daysLater(2);
    await connectedAs(30_000);
    expect(await flagsOf()).toEqual(["follower_jump", "follower_drop_after_jump"]);
    await disconnectedBy();
    daysLater(1);
    await connectedAs(30_000);
    expect(await flagsOf()).toEqual(["follower_jump", "follower_drop_after_jump"]);
  });
});

test.each(["taken back at the network", "good, but nobody was read since"])(
  "flags stand as long as the figures that they are of are the last ones: the consent is %s",
  async (what) => {
    await connectedAs(25_000);
    daysLater(1);
    await isReadAs({ followerCount: 40_000, engagementRate: 0.001 });
    const flags = ["follower_jump", "engagement_below_band"];
    expect(await flagsOf()).toEqual(flags);
    if (what.startsWith("taken back")) stage.socialNetworks.withdraw(platform, "mia");
    else stage.socialNetworks.fail(`${platform}.read`, new Unavailable(platform));
    daysLater(1);
    await worked(stage, { task: "sync", userId: CREATOR_ID, platform });
    daysLater(200);
    expect(await flagsOf()).toEqual(flags);
  },
);

test("what is kept says nothing of whose account it was, and no more than what flags rest on", async () => {
  await jumped();
  daysLater(1);
  await isReadAs({ followerCount: 40_100 });
  await disconnectedBy();
  expect(stage.stored("audienceEvidence")).toEqual([
    expect.objectContaining({
      externalId: "mia",
      days: [
        { day: "2026-11-25", followerCount: 25_000, postCount: 420 },
        { day: "2026-11-26", followerCount: 40_000, postCount: 420 },
      ],
      flaggedOn: "2026-11-26",
    }),
  ]);
  expect(JSON.stringify(stage.stored("audienceEvidence"))).not.toContain(CREATOR_ID);
});

test("of an account without such flags nothing is kept", async () => {
  await connectedAs(25_000);
  daysLater(1);
  await isReadAs({ followerCount: 25_100 });
  await disconnectedBy();
  expect(stage.stored("audienceEvidence")).toEqual([]);
});
