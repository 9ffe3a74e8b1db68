/** An access token may end before its time: a consent is over once its tokens can be renewed no longer, and not before. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { SocialPlatform } from "#shared/domain/social/platform";
import { NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { peopled } from "../../support/launched.ts";
import type { TestStage } from "../../support/stage.ts";
import { connected, eventsOf, later, ranRevocations, worked } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const ended = (platform: SocialPlatform) =>
  stage.socialNetworks.fail(`${platform}.read`, new NetworkRefused(platform, "invalid_grant"));
/** The first time, or the last that a round tries. */
const read = async (platform: SocialPlatform, hours = 1 / 2, tries?: 3) => {
  later(stage, hours);
  const before = stage.socialNetworks.asked.length;
  await worked(stage, { task: "sync", userId: CREATOR_ID, platform, asked: true, ...(tries && { tries }) });
  return stage.socialNetworks.asked.slice(before).map((call) => call.replace(`${platform}.`, ""));
};
const account = (platform: SocialPlatform) => stage.ports.socialAccounts.get(CREATOR_ID, platform);

describe("an access token that its network takes no longer", () => {
  test.each(["tiktok", "twitter", "youtube"] as const)(
    "is renewed, and nobody is asked to connect again (%s)",
    async (platform) => {
      await connected(stage, platform);
      ended(platform);
      expect(await read(platform)).toEqual(["read", "refresh", "read"]);
      expect(await account(platform)).toMatchObject({ status: "connected", lastSyncedAt: stage.clock.now });
      expect(await read(platform)).toEqual(["read"]);
      expect(eventsOf(stage, "social.reconnect_needed")).toEqual([]);
    },
  );

  test.each(["tiktok", "twitter", "youtube"] as const)(
    "and cannot be renewed is of a consent that is over (%s)",
    async (platform) => {
      await connected(stage, platform);
      stage.socialNetworks.withdraw(platform, "mia");
      expect(await read(platform)).toEqual(["read", "refresh"]);
      expect([await account(platform), stage.stored("socialRevocation")]).toMatchObject([
        { status: "needs_reconnect" },
        [],
      ]);
    },
  );

  test.each(["tiktok", "twitter", "youtube"] as const)(
    "nor the one that came in its place: after two days of it the consent stands, is of no use, and is taken back (%s)",
    async (platform) => {
      await connected(stage, platform);
      for (const hours of [1 / 2, 47, 1]) {
        expect(await account(platform)).toMatchObject({ status: "connected" });
        ended(platform);
        ended(platform);
        const expected = ["read", "refresh", "read"];
        expect((await read(platform, hours, 3)).slice(-3)).toEqual(expected);
      }
      expect([await account(platform), stage.stored("socialToken")]).toMatchObject([{ status: "needs_reconnect" }, []]);
      later(stage, 1);
      expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
      expect(stage.socialNetworks.isGranted(platform, "mia")).toBe(false);
    },
  );

  test("is all there is where there is none to renew it by (instagram)", async () => {
    await connected(stage, "instagram");
    ended("instagram");
    expect(await read("instagram")).toEqual(["read"]);
    expect(await account("instagram")).toMatchObject({ status: "needs_reconnect" });
  });

  test("is so for two days before LinkedIn is believed, which says it now and then of good ones", async () => {
    await connected(stage, "linkedin");
    for (const hours of [1 / 2, 46]) {
      ended("linkedin");
      expect((await read("linkedin", hours, 3)).slice(-1)).toEqual(["read"]);
      expect(await account("linkedin")).toMatchObject({ status: "connected" });
    }
    ended("linkedin");
    await read("linkedin", 2, 3);
    expect([await account("linkedin"), eventsOf(stage, "social.reconnect_needed").length]).toMatchObject([
      { status: "needs_reconnect" },
      1,
    ]);
  });
});
