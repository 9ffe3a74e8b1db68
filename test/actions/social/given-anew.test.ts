/** Who consents again meanwhile keeps what they consented to: a former consent is taken back only where that ends nothing else. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import type { SocialNetwork } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { cameBack, connected, consented, drained, later, ranRevocations, worked } from "./connecting.ts";
import { letGoWith } from "./let-go.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const disconnected = (platform: SocialPlatform) =>
  stage.run(disconnectSocialAccount, { actor: creator(CREATOR_ID), path: { platform } });
const away = (platform: SocialPlatform) => stage.socialNetworks.fail(`${platform}.revoke`, new Unavailable("it"));
const isGranted = (platform: SocialPlatform) => stage.socialNetworks.isGranted(platform, "mia");
const left = () => stage.stored("socialRevocation").length;
const asked = (call: string) => stage.socialNetworks.asked.filter((one) => one === call).length;
const MINUTE = 1 / 60;

describe("a consent that was given anew meanwhile", () => {
  test.each(["tiktok", "youtube"] as const)("is not taken back with the old one (%s)", async (platform) => {
    await connected(stage, platform);
    away(platform);
    await disconnected(platform);
    later(stage, MINUTE);
    await connected(stage, platform, { actor: creator(OTHER_CREATOR_ID) });
    later(stage, 1 / 2);
    expect(await ranRevocations(stage)).toMatchObject({ counts: { superseded: 1 } });
    await worked(stage, { task: "sync", userId: OTHER_CREATOR_ID, platform });
    expect(await stage.ports.socialAccounts.get(OTHER_CREATOR_ID, platform)).toMatchObject({ status: "connected" });
    expect([left(), asked(`${platform}.revoke`)]).toEqual([0, 1]);
  });

  test.each(["tiktok", "youtube"] as const)(
    "is left as it is, and its former tokens are nobody's, which the audit says (%s)",
    async (platform) => {
      await connected(stage, platform);
      away(platform);
      await disconnected(platform);
      await connected(stage, platform);
      later(stage, 1);
      expect(await ranRevocations(stage)).toMatchObject({ counts: { superseded: 1 } });
      expect([left(), isGranted(platform)]).toEqual([0, true]);
      expect(stage.stored("auditEntry").at(-1)).toMatchObject({
        action: "social.consent_superseded",
        resource: { type: "social_account", id: `${CREATOR_ID}.${platform}` },
      });
    },
  );

  test.each(["tiktok", "youtube"] as const)(
    "right after the old one was let go of is left to the job, which says whose decision that was: nobody's (%s)",
    async (platform) => {
      await connected(stage, platform);
      const disconnecting = letGoWith(({ commit }) => ({
        async commit(...written: unknown[]) {
          const answer = await (commit as (...all: unknown[]) => Promise<unknown>)(...written);
          await connected(stage, platform, { actor: creator(OTHER_CREATOR_ID) });
          return answer;
        },
      }));
      await stage.run(disconnecting, { actor: admin(), path: { userId: CREATOR_ID, platform } });
      expect([left(), isGranted(platform), asked(`${platform}.revoke`)]).toEqual([1, true, 0]);
      later(stage, 1);
      expect(await ranRevocations(stage)).toMatchObject({ counts: { superseded: 1 } });
      expect([left(), isGranted(platform), asked(`${platform}.revoke`)]).toEqual([0, true, 0]);
      expect(stage.stored("auditEntry").at(-1)).toMatchObject({
        action: "social.consent_superseded",
        actorId: "system:revoke-social-consents",
      });
    },
  );

  test("while the former tokens were renewed to ask by is not taken back either", async () => {
    await connected(stage, "tiktok");
    later(stage, 3);
    away("tiktok");
    await disconnected("tiktok");
    later(stage, 3);
    const network = stage.socialNetworks.of("tiktok");
    const refresh = async (tokens: SocialTokens): Promise<SocialTokens> => {
      const renewed = await network.refresh(tokens);
      stage.socialNetworks.of = (platform) => (platform === "tiktok" ? network : of(platform));
      await connected(stage, "tiktok");
      return renewed;
    };
    const of = stage.socialNetworks.of;
    stage.socialNetworks.of = () => ({ ...network, refresh });
    expect(await ranRevocations(stage)).toMatchObject({ counts: { superseded: 1 } });
    expect([left(), isGranted("tiktok"), asked("tiktok.revoke")]).toEqual([0, true, 1]);
  });

  test("stands at X, where tokens are taken back each for themselves", async () => {
    await connected(stage, "twitter");
    away("twitter");
    await disconnected("twitter");
    later(stage, MINUTE);
    await connected(stage, "twitter", { actor: creator(OTHER_CREATOR_ID) });
    later(stage, 1 / 2);
    expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
    await worked(stage, { task: "sync", userId: OTHER_CREATOR_ID, platform: "twitter", asked: true });
    expect(await stage.ports.socialAccounts.get(OTHER_CREATOR_ID, "twitter")).toMatchObject({
      lastSyncedAt: stage.clock.now,
    });
  });
});

describe("who consents again without disconnecting", () => {
  test("has the former tokens taken back at X, and no others", async () => {
    await connected(stage, "twitter");
    const former = await stage.tokenSeals.open(
      { userId: CREATOR_ID, platform: "twitter" },
      stage.stored("socialToken")[0]?.["sealed"] as string,
    );
    await connected(stage, "twitter");
    expect(left()).toBe(1);
    later(stage, 1);
    expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
    await expect(stage.socialNetworks.of("twitter").refresh(former)).rejects.toMatchObject({ reason: "invalid_grant" });
    later(stage, 5);
    await worked(stage, { task: "sync", userId: CREATOR_ID, platform: "twitter" });
    expect([left(), await stage.ports.socialAccounts.get(CREATOR_ID, "twitter")]).toEqual([
      0,
      expect.objectContaining({ status: "connected", lastSyncedAt: stage.clock.now }),
    ]);
  });

  test.each(["instagram", "tiktok", "linkedin", "youtube"] as const)(
    "is asked for nothing where tokens are not told apart, or cannot be taken back (%s)",
    async (platform) => {
      await connected(stage, platform);
      await connected(stage, platform);
      expect([left(), isGranted(platform)]).toEqual([0, true]);
    },
  );

  test("once the network took the former tokens no longer leaves nothing to take back", async () => {
    await connected(stage, "twitter");
    stage.socialNetworks.withdraw("twitter", "mia");
    later(stage, 6);
    await worked(stage, { task: "sync", userId: CREATOR_ID, platform: "twitter" });
    await connected(stage, "twitter");
    expect(left()).toBe(0);
  });
});

describe("who connects while the job asks the network to end the former consent", () => {
  /** The job's request, and what happens at the same time. */
  const takenBack = async (platform: SocialPlatform, meanwhile: (revoke: () => Promise<void>) => Promise<unknown>) => {
    const { of } = stage.socialNetworks;
    const network = of(platform);
    const revoke = async (tokens: SocialTokens): Promise<void> => {
      stage.socialNetworks.of = of;
      await meanwhile(() => network.revoke(tokens));
    };
    stage.socialNetworks.of = () => ({ ...network, revoke });
    expect(await ranRevocations(stage)).toMatchObject({ counts: { revoked: 1 } });
    stage.socialNetworks.of = of;
  };
  const letGo = async (platform: SocialPlatform): Promise<void> => {
    await connected(stage, platform);
    away(platform);
    await disconnected(platform);
    later(stage, 1);
  };
  const statusOf = async (platform: SocialPlatform) =>
    (await stage.ports.socialAccounts.get(CREATOR_ID, platform))?.status;

  test.each(["tiktok", "youtube"] as const)(
    "has lost the new one, and hears of it in a minute (%s)",
    async (platform) => {
      await letGo(platform);
      await takenBack(platform, async (revoke) => {
        await connected(stage, platform);
        await revoke();
      });
      expect([await statusOf(platform), isGranted(platform)]).toEqual(["connected", false]);
      expect(stage.socialQueue.sent).toMatchObject([{ work: { userId: CREATOR_ID, platform }, afterSeconds: 60 }]);
      await drained(stage);
      expect(await statusOf(platform)).toBe("needs_reconnect");
    },
  );

  test("also where their connection was written after it", async () => {
    await letGo("youtube");
    const back = await consented(stage, "youtube");
    const { of } = stage.socialNetworks;
    const network = of("youtube");
    const read: SocialNetwork["read"] = async (tokens) => {
      const said = await network.read(tokens);
      stage.socialNetworks.of = of;
      await ranRevocations(stage);
      return said;
    };
    stage.socialNetworks.of = () => ({ ...network, read });
    await cameBack(stage, "youtube", back);
    expect([await statusOf("youtube"), isGranted("youtube")]).toEqual(["connected", false]);
    await drained(stage);
    expect(await statusOf("youtube")).toBe("needs_reconnect");
  });

  test("is looked after whatever the network says, or it is not asked", async () => {
    await letGo("tiktok");
    const { send } = stage.socialQueue;
    stage.socialQueue.send = () => Promise.reject(new Unavailable("the queue"));
    expect(await ranRevocations(stage)).toMatchObject({ counts: { failed: 1 } });
    expect(asked("tiktok.revoke")).toBe(1);
    stage.socialQueue.send = send;
    later(stage, 1);
    stage.socialNetworks.fail("tiktok.revoke", new OutcomeUnknown("it"), "after");
    expect(await ranRevocations(stage)).toMatchObject({ counts: { postponed: 1 } });
    expect([isGranted("tiktok"), stage.socialQueue.sent.length]).toEqual([false, 1]);
  });

  test("at X has lost nothing, and nobody is looked after", async () => {
    await letGo("twitter");
    await takenBack("twitter", async (revoke) => {
      await connected(stage, "twitter");
      await revoke();
    });
    expect([isGranted("twitter"), stage.socialQueue.sent]).toEqual([true, []]);
  });
});
