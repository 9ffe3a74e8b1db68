/** A network's no that says nothing about somebody's tokens: to our app, or nobody knows why. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import { handler as requestSocialConsent } from "#lambdas/social/request-social-consent";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { NetworkRefused, SealBroken } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { aNetworkPause } from "../../support/social-builders.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { connected, drained, later, memberOf, ranRevocations, ranSync } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const other = creator(OTHER_CREATOR_ID);
const accountOf = async (userId = CREATOR_ID, platform: "instagram" | "youtube" = "instagram") =>
  stage.ports.socialAccounts.get(userId, platform);
const asked = (call: string) => stage.socialNetworks.asked.filter((one) => one === call).length;

describe("a network's no", () => {
  test("to our app is asked about nobody for five minutes, and that rings; the others go on", async () => {
    await connected(stage);
    await connected(stage, "youtube");
    await connected(stage, "instagram", { actor: other, member: memberOf("ben") });
    later(stage, 6);
    stage.socialNetworks.fail("instagram.read", new NetworkRefused("instagram", "misconfigured"));
    const [lines, begun] = [loggedLines(), stage.clock.now];
    await ranSync(stage);
    await drained(stage);
    const both = [await accountOf(), await accountOf(OTHER_CREATOR_ID)];
    expect(both.map((account) => account?.lastSyncedAt)).toContain(plusMilliseconds(begun, 300_000));
    expect(asked("instagram.read")).toBe(4);
    expect(lines.filter(({ level }) => level === "error")).toMatchObject([
      { code: "social.app_refused", platform: "instagram" },
    ]);
    expect(await accountOf(CREATOR_ID, "youtube")).toMatchObject({ lastSyncedAt: begun });
    later(stage, 6);
    await ranSync(stage);
    await drained(stage);
    expect([await accountOf(), await accountOf(OTHER_CREATOR_ID)]).toMatchObject([
      { status: "connected", lastSyncedAt: stage.clock.now },
      { status: "connected", lastSyncedAt: stage.clock.now },
    ]);
  });

  test("of which nobody knows why is asked once in a round, of that account alone, and rings nothing by itself", async () => {
    await connected(stage);
    later(stage, 6);
    stage.socialNetworks.fail("instagram.read", new NetworkRefused("instagram", "unexplained"));
    const lines = loggedLines();
    await ranSync(stage);
    expect(await drained(stage)).toBe(1);
    expect(await ranSync(stage)).toMatchObject({ counts: {} });
    expect(lines.filter(({ code }) => code === "social.account_unread")).toMatchObject([{ because: "unexplained" }]);
    expect(lines.filter(({ level }) => level === "error")).toEqual([]);
    later(stage, 6);
    await ranSync(stage);
    await drained(stage);
    expect(await accountOf()).toMatchObject({ status: "connected", lastSyncedAt: stage.clock.now });
    expect(lines.filter(({ code }) => code === "social.account_read")).toMatchObject([{ platform: "instagram" }]);
  });
});

describe("a network that takes no requests", () => {
  const sent = () => stage.run(requestSocialConsent, { actor: creator(CREATOR_ID), path: { platform: "youtube" } });
  const paused = (minutes: number) =>
    stage.given(
      "networkPause",
      aNetworkPause({ platform: "youtube", until: plusMilliseconds(stage.clock.now, minutes * 60_000) }),
    );

  test("for longer than a consent is good has nobody sent to it to give one", async () => {
    await paused(10);
    const context = { currentState: "resting", retryAfterSeconds: 600 };
    await expect(sent()).rejects.toMatchObject({ refusal: { code: "social.network_resting" }, context });
    expect(stage.stored("socialConsent")).toEqual([]);
  });

  test("for a moment is there again when they come back", async () => {
    await paused(9);
    await expect(sent()).resolves.toHaveProperty("state");
  });
});

describe("tokens whose seal does not open", () => {
  const broken = () => {
    stage.tokenSeals.open = () => Promise.reject(new SealBroken());
  };

  test("are left as they are, looked at once in a round, and counted", async () => {
    await connected(stage);
    later(stage, 6);
    const [open, lines] = [stage.tokenSeals.open, loggedLines()];
    broken();
    await ranSync(stage);
    expect(await drained(stage)).toBe(1);
    expect(await ranSync(stage)).toMatchObject({ counts: {} });
    expect(lines.filter(({ code }) => code === "social.account_unread")).toMatchObject([{ error: "SealBroken" }]);
    stage.tokenSeals.open = open;
    later(stage, 6);
    await ranSync(stage);
    await drained(stage);
    expect(await accountOf()).toMatchObject({ status: "connected", lastSyncedAt: stage.clock.now });
  });

  test("of a consent that is to be taken back are given up after a week, as any other", async () => {
    await connected(stage, "youtube");
    broken();
    await stage.run(disconnectSocialAccount, { actor: creator(CREATOR_ID), path: { platform: "youtube" } });
    const outcomes: unknown[] = [];
    for (let day = 0; day < 9; day += 1) {
      later(stage, 24);
      outcomes.push((await ranRevocations(stage)).counts);
    }
    expect(outcomes).toEqual([...Array(6).fill({ postponed: 1 }), { left: 1 }, {}, {}]);
  });
});
