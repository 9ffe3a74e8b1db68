/** Creators connect their accounts with networks, look at them, and take them back. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import { handler as disconnectSocialAccountFor } from "#lambdas/social/disconnect-social-account-for";
import { handler as listUserSocialAccounts } from "#lambdas/social/list-user-social-accounts";
import { handler as listSocialAccounts } from "#lambdas/social/list-social-accounts";
import { handler as requestSocialConsent } from "#lambdas/social/request-social-consent";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { SocialPlatform } from "#shared/domain/social/platform";
import { OutcomeUnknown, Unavailable } from "#shared/ports/outside";
import { NetworkBusy, NetworkRefused } from "#shared/ports/social-networks";
import { CREATOR_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import { expectRefused, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { cameBack, connected, consented, eventsOf, forgot, memberOf } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const me = creator(CREATOR_ID);
const other = creator(OTHER_CREATOR_ID);
const listed = async (actor = me) => (await stage.run(listSocialAccounts, { actor })).items;
const disconnected = (platform: SocialPlatform = "instagram", actor = me) =>
  stage.run(disconnectSocialAccount, { actor, path: { platform } });

describe("a creator", () => {
  test.each(SocialPlatform.options)("connects an account with %s, and sees it without a token", async (platform) => {
    const { authorizationUrl, state, expiresAt } = await stage.run(requestSocialConsent, {
      actor: me,
      path: { platform },
    });
    expect([authorizationUrl, expiresAt]).toEqual([expect.stringContaining(state), "2026-11-25T12:10:00.000Z"]);
    const account = await cameBack(stage, platform, {
      state,
      code: stage.socialNetworks.consent(platform, memberOf()),
    });
    expect(account).toEqual({
      platform,
      username: "mia.makes",
      displayName: "mia",
      profileUrl: "https://networks.example.com/mia",
      avatarUrl: null,
      followerCount: 25_000,
      engagementRate: 0.034,
      status: "connected",
      connectedAt: stage.clock.now,
      lastSyncedAt: stage.clock.now,
    });
    expect(await listed()).toEqual([account]);
    expect(stage.outbox()).toEqual(["social.account_connected"]);
  });

  test("sees their own accounts and nobody else's, by page", async () => {
    for (const platform of SocialPlatform.options) await connected(stage, platform);
    await connected(stage, "youtube", { actor: other, member: memberOf("ben") });
    const first = await stage.run(listSocialAccounts, { actor: me, page: { limit: 3 } });
    const rest = await stage.run(listSocialAccounts, { actor: me, page: { limit: 3, after: first.next ?? {} } });
    const names = [...first.items, ...rest.items].map(({ platform }) => platform);
    expect([names, rest.next]).toEqual([[...SocialPlatform.options].sort(), undefined]);
    expect(await listed(other)).toMatchObject([{ platform: "youtube", username: "ben.makes" }]);
  });

  test("connects an account that somebody else has only once they have let it go", async () => {
    await connected(stage, "tiktok", { actor: other });
    const back = await consented(stage, "tiktok");
    await expect(cameBack(stage, "tiktok", back)).rejects.toMatchObject({
      refusal: { code: "social.account_taken" },
      context: { currentState: "connected" },
    });
    expect(await listed()).toEqual([]);
    expect(stage.stored("socialToken")).toHaveLength(1);
    await disconnected("tiktok", other);
    await connected(stage, "tiktok");
    expect(await listed()).toMatchObject([{ platform: "tiktok" }]);
  });

  test("connects the same account again, and no other beside it", async () => {
    const { connectedAt } = await connected(stage, "twitter");
    stage.clock.now = "2026-11-26T12:00:00.000Z";
    expect(await connected(stage, "twitter")).toMatchObject({ connectedAt, lastSyncedAt: stage.clock.now });
    const back = await consented(stage, "twitter", { member: memberOf("another") });
    await expect(cameBack(stage, "twitter", back)).rejects.toMatchObject({
      refusal: { code: "social.another_connected" },
    });
    expect(stage.stored("socialClaim")).toHaveLength(1);
  });
});

describe("disconnecting", () => {
  test("takes the consent back there and forgets the account here, with its history", async () => {
    await connected(stage, "youtube");
    await disconnected("youtube");
    expect(stage.socialNetworks.asked.at(-1)).toBe("youtube.revoke");
    for (const kind of ["socialAccount", "socialToken", "socialClaim", "socialRevocation"] as const)
      expect(stage.stored(kind)).toEqual([]);
    const [event] = eventsOf(stage, "social.account_disconnected");
    expect(stage.stored("socialDay")).toHaveLength(1);
    await forgot(stage, event as never);
    await forgot(stage, event as never);
    expect(stage.stored("socialDay")).toEqual([]);
  });

  test.each(["instagram", "linkedin"] as const)(
    "keeps no tokens to ask by where there is no way to (%s)",
    async (platform) => {
      await connected(stage, platform);
      await disconnected(platform);
      for (const kind of ["socialToken", "socialRevocation"] as const) expect(stage.stored(kind)).toEqual([]);
      expect(stage.socialNetworks.asked).not.toContain(`${platform}.revoke`);
    },
  );

  test("asks the network for nothing where somebody else was quicker", async () => {
    await connected(stage);
    const disconnect = () =>
      stage.run(disconnectSocialAccount, { actor: me, path: { platform: "instagram" }, ifMatch: 7 });
    await expect(disconnect()).rejects.toMatchObject({ refusal: { code: "version.changed" } });
    expect([stage.socialNetworks.asked.at(-1), (await listed()).length]).toEqual(["instagram.read", 1]);
  });

  test("does not take what was connected since", async () => {
    await connected(stage);
    await disconnected();
    stage.clock.now = "2026-11-25T12:00:01.000Z";
    await connected(stage);
    await forgot(stage, eventsOf(stage, "social.account_disconnected")[0] as never);
    expect(stage.stored("socialDay")).toHaveLength(1);
  });

  test.each([
    ["is away", 1, () => new Unavailable("the network")],
    ["does not say", 1, () => new OutcomeUnknown("the network")],
    ["is busy", 1, () => new NetworkBusy("twitter", 60)],
    ["calls us misconfigured", 1, () => new NetworkRefused("twitter", "misconfigured")],
    ["knows of no consent any more", 0, () => new NetworkRefused("twitter", "invalid_grant")],
  ])("forgets the account also where the network %s, and leaves %i to be asked for", async (_how, left, error) => {
    await connected(stage, "twitter");
    stage.socialNetworks.fail("twitter.revoke", error());
    const lines = loggedLines();
    await disconnected("twitter");
    expect([stage.stored("socialToken"), stage.stored("socialRevocation").length]).toEqual([[], left]);
    expect(lines).toEqual([]);
  });

  test("what is not connected is not there to be disconnected", async () => {
    await connected(stage, "youtube", { actor: other });
    await expectRefused(stage, () => disconnected("youtube"), "social.not_connected");
  });
});

describe("somebody banned", () => {
  test("while they were at the network is connected to nothing, and the state is spent", async () => {
    const back = await consented(stage, "youtube");
    await stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "x" } });
    await expect(cameBack(stage, "youtube", back)).rejects.toMatchObject({ refusal: { code: "account.suspended" } });
    for (const kind of ["socialAccount", "socialToken", "socialClaim"] as const) expect(stage.stored(kind)).toEqual([]);
  });
});

describe("who is no creator any more", () => {
  test("sees and disconnects what they connected when they were", async () => {
    await connected(stage);
    await stage.run(setUserRoles, { actor: admin(), path: { userId: CREATOR_ID }, body: { roles: ["brand"] } });
    const asBrand = { ...me, roles: ["brand"] as const };
    expect(await listed(asBrand)).toMatchObject([{ platform: "instagram" }]);
    await disconnected("instagram", asBrand);
    expect([await listed(asBrand), stage.stored("socialToken")]).toEqual([[], []]);
  });

  test.each(["admin", "brand", "creator"] as const)("the door is open to them (%s)", (role) => {
    expect([disconnectSocialAccount, listSocialAccounts].map(({ contract }) => contract.roles)).toEqual([
      expect.arrayContaining([role]),
      expect.arrayContaining([role]),
    ]);
  });
});

describe("an admin disconnects for somebody who is suspended", () => {
  const path = { userId: CREATOR_ID, platform: "twitter" } as const;
  const disconnectedFor = (ifMatch?: number) =>
    stage.run(disconnectSocialAccountFor, { actor: admin(), path, ...(ifMatch !== undefined && { ifMatch }) });

  test("as they would themselves; the audit says for whom, and they are told", async () => {
    await connected(stage, "twitter");
    await connected(stage, "youtube");
    await stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "x" } });
    await disconnectedFor();
    expect(stage.socialNetworks.isGranted("twitter", "mia")).toBe(false);
    expect(stage.stored("socialAccount").map(({ platform }) => platform)).toEqual(["youtube"]);
    expect(stage.stored("socialToken").map(({ platform }) => platform)).toEqual(["youtube"]);
    expect(stage.stored("auditEntry").at(-1)).toMatchObject({
      action: "social.account_disconnected",
      actorId: admin().userId,
      onBehalfOf: CREATOR_ID,
      resource: { type: "social_account", id: `${CREATOR_ID}.twitter` },
    });
    expect(eventsOf(stage, "social.account_disconnected")).toMatchObject([
      { detail: { userId: CREATOR_ID, platform: "twitter", byAdmin: true } },
    ]);
  });

  test("and sees what they have, as they do themselves; of nobody there is nothing to see", async () => {
    await connected(stage, "twitter");
    await stage.run(banUser, { actor: admin(), path: { userId: CREATOR_ID }, body: { reason: "x" } });
    const seen = (userId: string) => stage.run(listUserSocialAccounts, { actor: admin(), path: { userId } });
    expect((await seen(CREATOR_ID)).items).toEqual(await listed());
    expect((await seen(OTHER_CREATOR_ID)).items).toEqual([]);
    await expectRefused(stage, () => seen("00000000-0000-4000-8000-0000000000ff"), "user.not_found");
  });

  test("and is told where there is nothing to disconnect, or another version of it", async () => {
    await expectRefused(stage, () => disconnectedFor(), "social.not_connected");
    await connected(stage, "twitter");
    await expectRefused(stage, () => disconnectedFor(7), "version.changed");
  });
});

test("two who connect one account at once: one has it, the other is told whose it is not", async () => {
  const mine = await consented(stage, "instagram");
  const theirs = await consented(stage, "instagram", { actor: other });
  const ends = await Promise.allSettled([
    cameBack(stage, "instagram", mine),
    cameBack(stage, "instagram", theirs, other),
  ]);
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(ends.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { refusal: { code: "social.account_taken" } },
  });
  expect([stage.stored("socialAccount").length, stage.stored("socialClaim").length]).toEqual([1, 1]);
});

test("one who comes back twice at once asks the network once", async () => {
  const back = await consented(stage, "instagram");
  const ends = await Promise.allSettled([1, 2, 3].map(() => cameBack(stage, "instagram", back)));
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(stage.socialNetworks.asked.filter((one) => one === "instagram.exchange")).toHaveLength(1);
});

test("an account that changes while it is connected is connected all the same, with one code", async () => {
  await connected(stage);
  const back = await consented(stage, "instagram");
  const ends = await Promise.allSettled([cameBack(stage, "instagram", back), disconnected()]);
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect(stage.socialNetworks.asked.filter((one) => one === "instagram.exchange")).toHaveLength(2);
});
