/** A consent that stands and is of no use here is not left standing: its tokens are destroyed when the network has taken it back. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import type { SocialPlatform } from "#shared/domain/social/platform";
import { Unavailable } from "#shared/ports/outside";
import { NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { connected, later, memberOf, ranRevocations, worked } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const isGranted = (platform: SocialPlatform, who = "mia") => stage.socialNetworks.isGranted(platform, who);
const left = () => stage.stored("socialRevocation");
const statusOf = async (platform: SocialPlatform, userId = CREATOR_ID) =>
  (await stage.ports.socialAccounts.get(userId, platform))?.status;
const read = (platform: SocialPlatform, instead: object = {}, hours = 6) => {
  later(stage, hours);
  return worked(stage, { task: "sync", userId: CREATOR_ID, platform, tries: 3 }, instead);
};

/** A consent that covers less than is read. */
const narrowed = async (platform: SocialPlatform): Promise<void> => {
  await connected(stage, platform);
  for (const hours of [6, 48]) {
    expect(await statusOf(platform)).toBe("connected");
    stage.socialNetworks.fail(`${platform}.read`, new NetworkRefused(platform, "insufficient_scope"));
    await read(platform, {}, hours);
  }
  expect([await statusOf(platform), stage.stored("socialToken")]).toEqual(["needs_reconnect", []]);
};

/** A network that answers for another account than was proven. */
const answeringFor = (platform: SocialPlatform, externalId: string) => {
  const network = stage.socialNetworks.of(platform);
  return { socialNetworks: { of: () => ({ ...network, read: () => Promise.resolve(memberOf(externalId)) }) } };
};

describe("a consent that covers less than is read", () => {
  test.each(["tiktok", "twitter", "youtube"] as const)("is taken back by the job (%s)", async (platform) => {
    await narrowed(platform);
    expect([left(), isGranted(platform)]).toMatchObject([[{ externalId: "mia", platform }], true]);
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ outcome: "succeeded", counts: { revoked: 1 } });
    expect([left(), isGranted(platform)]).toEqual([[], false]);
  });

  test.each(["instagram", "linkedin"] as const)("leaves nothing where there is no way to (%s)", async (platform) => {
    await narrowed(platform);
    expect(left()).toEqual([]);
  });

  test.each(["tiktok", "youtube"] as const)("and was given anew is left as it is (%s)", async (platform) => {
    await narrowed(platform);
    await connected(stage, platform);
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ counts: { superseded: 1 } });
    await read(platform);
    expect([left(), await statusOf(platform)]).toEqual([[], "connected"]);
  });
});

test.each(["tiktok", "twitter", "youtube"] as const)(
  "a consent that the network calls over is not asked for (%s)",
  async (platform) => {
    await connected(stage, platform);
    stage.socialNetworks.withdraw(platform, "mia");
    await read(platform);
    expect([await statusOf(platform), left()]).toEqual(["needs_reconnect", []]);
  },
);

describe("tokens that a network answers to for another account", () => {
  test.each(["tiktok", "twitter", "youtube"] as const)("are taken back (%s)", async (platform) => {
    await connected(stage, platform);
    await read(platform, answeringFor(platform, "ben"));
    expect([await statusOf(platform), stage.stored("socialToken"), left()]).toMatchObject([
      "needs_reconnect",
      [],
      [{ userId: CREATOR_ID, externalId: "ben" }],
    ]);
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
    expect([left(), isGranted(platform)]).toEqual([[], false]);
  });

  test.each(["tiktok", "youtube"] as const)(
    "are not where it is somebody's who has it connected: that would end their consent (%s)",
    async (platform) => {
      await connected(stage, platform, { actor: creator(OTHER_CREATOR_ID), member: memberOf("ben") });
      await connected(stage, platform);
      await read(platform, answeringFor(platform, "ben"));
      later(stage, 1);
      expect(await ranRevocations(stage)).toMatchObject({ counts: { superseded: 1 } });
      expect([left(), isGranted(platform, "ben")]).toEqual([[], true]);
    },
  );
});

test("consents that one person lets go of in the same millisecond are each taken back", async () => {
  const disconnected = () => {
    stage.socialNetworks.fail("twitter.revoke", new Unavailable("it"));
    return stage.run(disconnectSocialAccount, { actor: creator(CREATOR_ID), path: { platform: "twitter" } });
  };
  // The second of them takes the place of the first: three consents, all of them let go of.
  await connected(stage, "twitter");
  await connected(stage, "twitter");
  await disconnected();
  await connected(stage, "twitter");
  await disconnected();
  expect([left().length, isGranted("twitter")]).toEqual([3, true]);
  later(stage, 1);
  expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 3 } });
  expect([left(), isGranted("twitter")]).toEqual([[], false]);
});
