/** Whoever does not want to wait for the next round has accounts read now, and uses up nobody's quota by it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as requestSocialSync } from "#lambdas/social/request-social-sync";
import { Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { connected, drained, eventsOf, later, memberOf, startedSync, worked } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const other = creator(OTHER_CREATOR_ID);
const work = { task: "sync", userId: CREATOR_ID, platform: "instagram" } as const;
const accountOf = async (userId = CREATOR_ID, platform: "instagram" | "twitter" | "youtube" = "instagram") =>
  stage.ports.socialAccounts.get(userId, platform);
const asked = (call: string) => stage.socialNetworks.asked.filter((one) => one === call).length;

describe("who does not want to wait", () => {
  const requested = async (actor = creator(CREATOR_ID)) => {
    expect(await stage.run(requestSocialSync, { actor })).toEqual({ requestedAt: stage.clock.now });
    await startedSync(stage, eventsOf(stage, "social.sync_requested").at(-1) as never);
  };

  test("has their own accounts read", async () => {
    await connected(stage);
    await connected(stage, "twitter");
    await connected(stage, "youtube", { actor: other, member: memberOf("ben") });
    later(stage, 1);
    await requested();
    expect(stage.socialQueue.sent.map(({ work: { platform, asked: wanted } }) => [platform, wanted])).toEqual([
      ["instagram", true],
      ["twitter", true],
    ]);
    await drained(stage);
    expect(await accountOf()).toMatchObject({ lastSyncedAt: stage.clock.now });
  });

  test("as an admin has everybody's read", async () => {
    await connected(stage);
    await connected(stage, "youtube", { actor: other, member: memberOf("ben") });
    later(stage, 1);
    await requested(admin());
    expect(await drained(stage)).toBe(2);
    expect(await accountOf(OTHER_CREATOR_ID, "youtube")).toMatchObject({ lastSyncedAt: stage.clock.now });
  });

  test("over and over uses up nobody's quota: in six hours, an account is read a dozen times at most", async () => {
    await connected(stage);
    for (let second = 0; second < 6 * 3_600; second += 30) {
      later(stage, 1 / 120);
      await worked(stage, { ...work, asked: true });
    }
    expect(asked("instagram.read")).toBeLessThanOrEqual(13);
    later(stage, 6);
    await worked(stage, work);
    expect(await accountOf()).toMatchObject({ askedSyncs: 0 });
  });

  test.each([
    ["refuses our app about it", () => new NetworkRefused("instagram", "misconfigured")],
    ["refuses it and does not say why", () => new NetworkRefused("instagram", "unexplained")],
    ["has had enough for a minute", () => new NetworkBusy("instagram", 60)],
    ["does not answer", () => new Unavailable("it")],
  ])(
    "over and over stops nothing for the others where the network %s, since whenever it was read",
    async (_how, no) => {
      await connected(stage);
      later(stage, 48);
      const before = asked("instagram.read");
      let rested = 0;
      for (let second = 0; second < 24 * 3_600; second += 60) {
        later(stage, 1 / 60);
        stage.socialNetworks.fail("instagram.read", no());
        await worked(stage, { ...work, asked: true });
        stage.socialQueue.sent.length = 0;
        if ((await stage.ports.networkPauses.at(stage.clock.now)).length > 0) rested += 1;
      }
      expect(asked("instagram.read") - before).toBeLessThanOrEqual(16);
      expect(rested / (24 * 60)).toBeLessThan(0.06);
    },
  );
});

test("of everybody's accounts 32 go into the queue at once: one by one, a hundred thousand would outlast the call", async () => {
  await stage.run(requestSocialSync, { actor: admin() });
  async function* connectedOnes() {
    for (let at = 0; at < 100; at += 1) yield await Promise.resolve({ userId: CREATOR_ID, platform: "tiktok" });
  }
  let [underWay, most, sent] = [0, 0, 0];
  const send = async () => {
    most = Math.max(most, (underWay += 1));
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    sent += 1;
  };
  const wanted = eventsOf(stage, "social.sync_requested").at(-1) as never;
  await startedSync(stage, wanted, { socialAccounts: { connected: connectedOnes }, socialQueue: { send } });
  expect([most, sent]).toEqual([32, 100]);
});
