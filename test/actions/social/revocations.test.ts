/** A consent that somebody lets go of is taken back at its network: at once, or as soon as the network says so. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import { peopled } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { connected, later, memberOf, ranRevocations, worked } from "./connecting.ts";
import { letGoWith } from "./let-go.ts";

let stage: TestStage;
let lines: ReturnType<typeof loggedLines>;
beforeEach(async () => {
  stage = await peopled();
  lines = loggedLines();
});
const disconnected = (platform: SocialPlatform) =>
  stage.run(disconnectSocialAccount, { actor: creator(CREATOR_ID), path: { platform } });
const away = (platform: SocialPlatform) => stage.socialNetworks.fail(`${platform}.revoke`, new Unavailable("it"));
const isGranted = (platform: SocialPlatform) => stage.socialNetworks.isGranted(platform, "mia");
const left = () => stage.stored("socialRevocation").length;
const asked = (call: string) => stage.socialNetworks.asked.filter((one) => one === call).length;
const codes = () => lines.map(({ code }) => code);
const revoking = ["tiktok", "twitter", "youtube"] as const;
const MINUTE = 1 / 60;

describe("a network that does not say that a consent is taken back", () => {
  test.each(revoking)("is asked until it does (%s), by tokens that nobody has after that", async (platform) => {
    await connected(stage, platform);
    away(platform);
    await disconnected(platform);
    expect([isGranted(platform), left()]).toEqual([true, 1]);
    for (let round = 0; round < 5; round += 1) {
      later(stage, 1);
      stage.socialNetworks.fail(`${platform}.revoke`, new OutcomeUnknown("it"));
      expect(await ranRevocations(stage)).toMatchObject({ outcome: "succeeded", counts: { postponed: 1 } });
    }
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ outcome: "succeeded", counts: { revoked: 1 } });
    expect([isGranted(platform), left()]).toEqual([false, 0]);
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ counts: {} });
  });

  test("holds nobody up, nor does the table once they are disconnected", async () => {
    await connected(stage, "youtube");
    const disconnecting = letGoWith(() => ({
      socialClaims: { get: () => Promise.reject(new Unavailable("the table")) },
    }));
    await stage.run(disconnecting, { actor: admin(), path: { userId: CREATOR_ID, platform: "youtube" } });
    expect([stage.stored("socialAccount"), left()]).toEqual([[], 1]);
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
  });

  test("is not asked by a job while somebody may still be asking, nor before it said", async () => {
    await connected(stage, "twitter");
    away("twitter");
    await disconnected("twitter");
    later(stage, MINUTE / 2);
    expect(await ranRevocations(stage)).toMatchObject({ counts: {} });
    later(stage, MINUTE);
    stage.socialNetworks.fail("twitter.revoke", new NetworkBusy("twitter", 3 * 3_600));
    expect(await ranRevocations(stage)).toMatchObject({ counts: { postponed: 1 } });
    later(stage, 2);
    expect(await ranRevocations(stage)).toMatchObject({ counts: {} });
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
  });

  test("for a week is not asked any more: its tokens are nobody's, and it rings", async () => {
    await connected(stage, "twitter");
    away("twitter");
    await disconnected("twitter");
    for (let day = 1; day < 7; day += 1) {
      later(stage, 24);
      away("twitter");
      expect(await ranRevocations(stage)).toMatchObject({ counts: { postponed: 1 } });
    }
    expect(codes()).not.toContain("social.consent_left");
    later(stage, 24);
    away("twitter");
    expect(await ranRevocations(stage)).toMatchObject({ counts: { left: 1 } });
    expect([left(), codes().filter((code) => code === "social.consent_left")]).toEqual([0, ["social.consent_left"]]);
    expect(stage.stored("auditEntry").map(({ action }) => action)).toContain("social.consent_left");
  });

  test("by a network that does not say why is asked again a day later, and does not ring by itself", async () => {
    await connected(stage, "twitter");
    const refuse = () => stage.socialNetworks.fail("twitter.revoke", new NetworkRefused("twitter", "unexplained"));
    refuse();
    await disconnected("twitter");
    later(stage, 1);
    refuse();
    const lines = loggedLines();
    expect(await ranRevocations(stage)).toMatchObject({ outcome: "succeeded", counts: { refused: 1 } });
    expect(lines.filter(({ code }) => code === "social.consent_refused")).toMatchObject([{ level: "warn" }]);
    later(stage, 23);
    expect(await ranRevocations(stage)).toMatchObject({ outcome: "succeeded", counts: {} });
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ outcome: "succeeded", counts: { revoked: 1 } });
  });

  test("because we are misconfigured rings each time, and is asked again", async () => {
    await connected(stage, "twitter");
    stage.socialNetworks.fail("twitter.revoke", new NetworkRefused("twitter", "misconfigured"));
    await disconnected("twitter");
    later(stage, 1);
    stage.socialNetworks.fail("twitter.revoke", new NetworkRefused("twitter", "misconfigured"));
    expect(await ranRevocations(stage)).toMatchObject({ outcome: "partial", counts: { failed: 1 } });
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ outcome: "succeeded", counts: { revoked: 1 } });
  });
});

describe("a consent whose access token has ended", () => {
  test.each(revoking)("is taken back at once (%s)", async (platform) => {
    await connected(stage, platform);
    later(stage, 3);
    await disconnected(platform);
    expect([isGranted(platform), left(), asked(`${platform}.refresh`)]).toEqual([
      false,
      0,
      platform === "tiktok" ? 1 : 0,
    ]);
  });

  test("is taken back by what came in the place of its tokens, also where nobody said so the first time", async () => {
    await connected(stage, "tiktok");
    later(stage, 3);
    away("tiktok");
    await disconnected("tiktok");
    expect([asked("tiktok.refresh"), isGranted("tiktok"), left()]).toEqual([1, true, 1]);
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
    expect([asked("tiktok.refresh"), isGranted("tiktok")]).toEqual([1, false]);
  });

  test("and that the network knows no more of is over", async () => {
    await connected(stage, "tiktok");
    later(stage, 3);
    stage.socialNetworks.withdraw("tiktok", "mia");
    await disconnected("tiktok");
    expect([asked("tiktok.revoke"), left()]).toEqual([0, 0]);
  });
});

test("who disconnects while their tokens are renewed leaves nobody with the new ones", async () => {
  await connected(stage, "twitter", { member: memberOf("mia") });
  later(stage, 6);
  const network = stage.socialNetworks.of("twitter");
  const refresh = async (tokens: SocialTokens): Promise<SocialTokens> => {
    const renewed = await network.refresh(tokens);
    await disconnected("twitter");
    return renewed;
  };
  const socialNetworks = { of: () => ({ ...network, refresh }) };
  await worked(stage, { task: "sync", userId: CREATOR_ID, platform: "twitter" }, { socialNetworks });
  expect([stage.stored("socialToken"), isGranted("twitter"), left()]).toEqual([[], true, 1]);
  later(stage, 1);
  expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
  expect([isGranted("twitter"), left()]).toEqual([false, 0]);
});
