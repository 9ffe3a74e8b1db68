/** A network's no that says nothing about somebody's tokens: to our app, or nobody knows why. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { connected, drained, later, memberOf, ranSync } from "./connecting.ts";

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
  });
});
