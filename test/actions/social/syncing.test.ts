/** Accounts are read in rounds and on request; a network that is busy, away or tired of us holds up no other. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { SYNC_HOURS } from "#shared/domain/social/connect";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { NetworkBusy } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { mailed, notified } from "../notifications/deliveries.ts";
import { connected, drained, eventsOf, later, memberOf, ranRefresh, ranSync, worked } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const other = creator(OTHER_CREATOR_ID);
const work = { task: "sync", userId: CREATOR_ID, platform: "instagram" } as const;
const accountOf = async (userId = CREATOR_ID, platform: "instagram" | "twitter" | "youtube" = "instagram") =>
  stage.ports.socialAccounts.get(userId, platform);
const asked = (call: string) => stage.socialNetworks.asked.filter((one) => one === call).length;

describe("a round", () => {
  test("reads every account that is due, each once, and keeps a row a day", async () => {
    await connected(stage);
    await connected(stage, "youtube", { actor: other, member: memberOf("ben") });
    expect(await ranSync(stage)).toMatchObject({ outcome: "succeeded", counts: {} });
    for (let round = 0; round < 5; round += 1) {
      later(stage, 6);
      stage.socialNetworks.change("instagram", "mia", { followerCount: 25_000 + 100 * round });
      expect(await ranSync(stage)).toMatchObject({ outcome: "succeeded", counts: { queued: 2 } });
      expect(await drained(stage)).toBe(2);
    }
    expect(await accountOf()).toMatchObject({ figures: { followerCount: 25_400 }, lastSyncedAt: stage.clock.now });
    const days = await stage.ports.socialDays.ofPerson(CREATOR_ID, { from: "2026-11-25", to: "2026-11-26" });
    expect(days.map(({ day, figures }) => [day, figures.followerCount])).toEqual([
      ["2026-11-25", 25_000],
      ["2026-11-26", 25_400],
    ]);
  });

  test("tells of an account only where something changed", async () => {
    await connected(stage);
    later(stage, 6);
    await worked(stage, work);
    expect(eventsOf(stage, "social.account_synced")).toHaveLength(0);
    later(stage, 6);
    stage.socialNetworks.change("instagram", "mia", { engagementRate: 0.05 });
    await worked(stage, work);
    expect(eventsOf(stage, "social.account_synced")).toHaveLength(1);
  });

  test("passes nobody over: what was read an hour into a round is due in the next", async () => {
    await connected(stage);
    later(stage, 1);
    await worked(stage, work);
    later(stage, SYNC_HOURS);
    expect(await ranSync(stage)).toMatchObject({ counts: { queued: 1 } });
  });

  test("that comes twice, and messages that come twice, read an account once", async () => {
    await connected(stage);
    later(stage, 6);
    await ranSync(stage);
    await ranSync(stage);
    await drained(stage);
    await worked(stage, work);
    expect(asked("instagram.read")).toBe(2);
  });

  test("leaves the banned alone, and goes on with them after", async () => {
    await connected(stage);
    await stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "x" } });
    for (let round = 0; round < 3; round += 1) {
      later(stage, 6);
      await ranSync(stage);
      await drained(stage);
    }
    expect(asked("instagram.read")).toBe(1);
    await stage.run(unbanUser, { actor: admin(), path: { userId: CREATOR_ID } });
    later(stage, 6);
    await ranSync(stage);
    await drained(stage);
    expect(await accountOf()).toMatchObject({ lastSyncedAt: stage.clock.now });
  });
});

test("whoever is no creator any more is left alone, and gone on with when they are one again", async () => {
  await connected(stage);
  const account = await stage.ports.accounts.get(CREATOR_ID);
  if (account === undefined) throw new Error("nobody");
  await stage.given("account", { ...account, roles: ["brand"] });
  later(stage, 6);
  await ranSync(stage);
  await drained(stage);
  await worked(stage, { ...work, task: "renew" });
  expect([asked("instagram.read"), asked("instagram.refresh")]).toEqual([1, 0]);
  await stage.given("account", account);
  later(stage, 6);
  await ranSync(stage);
  await drained(stage);
  expect(await accountOf()).toMatchObject({ lastSyncedAt: stage.clock.now });
});

describe("a network that is busy", () => {
  test("rests as long as it said, and the others go on", async () => {
    await connected(stage);
    await connected(stage, "youtube", { actor: other, member: memberOf("ben") });
    later(stage, 6);
    stage.socialNetworks.fail("instagram.read", new NetworkBusy("instagram", 3_600));
    await ranSync(stage);
    await drained(stage);
    expect(await accountOf(OTHER_CREATOR_ID, "youtube")).toMatchObject({ lastSyncedAt: stage.clock.now });
    // An hour is more than the queue holds a message back for: nobody asks, and the next round comes by it.
    expect(await ranSync(stage)).toMatchObject({ outcome: "succeeded", counts: { put_off: 1 } });
    await worked(stage, work);
    expect(asked("instagram.read")).toBe(2);
    later(stage, 6);
    expect(await ranSync(stage)).toMatchObject({ counts: { queued: 2 } });
    await drained(stage);
    expect(await accountOf()).toMatchObject({ lastSyncedAt: stage.clock.now });
  });

  test("because of one account reads the others in the next round, and does not begin with that one again", async () => {
    await connected(stage, "linkedin");
    await connected(stage, "linkedin", { actor: other, member: memberOf("ben") });
    const begins: (string | undefined)[] = [];
    for (let round = 0; round < 3; round += 1) {
      later(stage, 6);
      await ranSync(stage);
      begins.push(stage.socialQueue.sent[0]?.work.userId);
      for (const one of stage.socialQueue.sent.splice(0)) {
        if (one.work.userId === CREATOR_ID)
          stage.socialNetworks.fail("linkedin.read", new NetworkBusy("linkedin", 3_600));
        await worked(stage, one.work);
      }
    }
    expect(begins.slice(1)).toContain(OTHER_CREATOR_ID);
    const read = await stage.ports.socialAccounts.get(OTHER_CREATOR_ID, "linkedin");
    expect(read?.lastSyncedAt).not.toBe(read?.connectedAt);
  });

  test("with one account asks about the others, and about that one later, however often its owner wants it", async () => {
    await connected(stage, "twitter");
    await connected(stage, "twitter", { actor: other, member: memberOf("ben") });
    later(stage, 6);
    stage.socialNetworks.fail("twitter.read", new NetworkBusy("twitter", 8 * 3_600, "account"));
    const own = { ...work, platform: "twitter" } as const;
    await worked(stage, own);
    await worked(stage, { ...own, asked: true });
    await ranSync(stage);
    await drained(stage);
    expect(asked("twitter.read")).toBe(4);
    expect(await accountOf(OTHER_CREATOR_ID, "twitter")).toMatchObject({ lastSyncedAt: stage.clock.now });
    later(stage, 6);
    await ranSync(stage);
    await drained(stage);
    expect(asked("twitter.read")).toBe(5);
    later(stage, 2);
    await ranSync(stage);
    await drained(stage);
    expect(await accountOf(CREATOR_ID, "twitter")).toMatchObject({ lastSyncedAt: stage.clock.now });
  });

  test("for a moment is asked again after it", async () => {
    await connected(stage);
    later(stage, 6);
    stage.socialNetworks.fail("instagram.read", new NetworkBusy("instagram", 60));
    await worked(stage, work);
    expect(stage.socialQueue.sent).toEqual([{ work: { ...work, waits: 1 }, afterSeconds: 60 }]);
    await drained(stage);
    expect(await accountOf()).toMatchObject({ lastSyncedAt: stage.clock.now });
  });
});

describe("a network that does not answer", () => {
  test.each([
    ["about an account", "instagram.read", new Unavailable("it")],
    ["and may have", "instagram.read", new OutcomeUnknown("it")],
  ] as const)("%s is asked again later, four times in all, and in the next round", async (_how, call, error) => {
    await connected(stage);
    later(stage, 6);
    for (let time = 0; time < 4; time += 1) stage.socialNetworks.fail(call, error);
    await ranSync(stage);
    expect(await drained(stage)).toBe(4);
    expect(await ranSync(stage)).toMatchObject({ counts: {} });
    later(stage, 6);
    await ranSync(stage);
    await drained(stage);
    expect(await accountOf()).toMatchObject({ lastSyncedAt: stage.clock.now });
  });
});

describe("a consent that was taken back at the network", () => {
  test("makes its owner connect again, and they are told once, inside the product and by mail", async () => {
    await connected(stage);
    stage.socialNetworks.withdraw("instagram", "mia");
    for (let round = 0; round < 3; round += 1) {
      later(stage, 6);
      await worked(stage, work);
      await ranSync(stage);
      await drained(stage);
    }
    expect([await accountOf(), stage.stored("socialToken")]).toMatchObject([{ status: "needs_reconnect" }, []]);
    const [told, ...more] = eventsOf(stage, "social.reconnect_needed");
    for (const event of [told, told, ...more] as DeliveredEvent[]) {
      await notified(stage, event);
      await mailed(stage, event);
    }
    const title = "Connect your Instagram account again";
    expect([more, stage.stored("notification")]).toMatchObject([[], [{ userId: CREATOR_ID, title }]]);
    expect(stage.mailSender.sent).toMatchObject([{ to: `${CREATOR_ID}@example.com` }]);
  });

  test("is given again, and all goes on", async () => {
    const { connectedAt } = await connected(stage);
    stage.socialNetworks.withdraw("instagram", "mia");
    later(stage, 6);
    await worked(stage, work);
    await connected(stage);
    later(stage, 6);
    await worked(stage, work);
    expect(await accountOf()).toMatchObject({ status: "connected", connectedAt, lastSyncedAt: stage.clock.now });
  });
});

describe("tokens that nobody uses", () => {
  test("are renewed in time, and those that cannot be end with a word to their owner", async () => {
    await connected(stage, "instagram");
    await connected(stage, "linkedin");
    later(stage, 24 * 49);
    expect(await ranRefresh(stage)).toMatchObject({ counts: {} });
    later(stage, 24 * 1);
    expect(await ranRefresh(stage)).toMatchObject({ counts: { queued: 1 } });
    await drained(stage);
    expect([asked("instagram.refresh"), asked("instagram.read")]).toEqual([1, 1]);
    later(stage, 24 * 10);
    expect(await ranRefresh(stage)).toMatchObject({ counts: { queued: 1 } });
    await drained(stage);
    expect(eventsOf(stage, "social.reconnect_needed").map(({ detail }) => detail.platform)).toEqual(["linkedin"]);
    expect(asked("linkedin.refresh")).toBe(0);
  });
});
