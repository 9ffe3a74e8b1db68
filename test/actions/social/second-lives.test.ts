/**
 * An account that was disconnected and connected again has the same keys and counts its versions anew: whoever still holds what
 * they read of its first life writes nothing into its second.
 */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as connectSocialAccount } from "#lambdas/social/connect-social-account";
import { handler as disconnectSocialAccount } from "#lambdas/social/disconnect-social-account";
import type { SocialTokens } from "#shared/domain/social/social-tokens";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { creator, type TestStage } from "../../support/stage.ts";
import { connected, consented, forgot, later, eventsOf, memberOf, worked } from "./connecting.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});
const A_SECOND = 1 / 3_600;
const other = creator(OTHER_CREATOR_ID);
const disconnected = (actor = creator(CREATOR_ID)) =>
  stage.run(disconnectSocialAccount, { actor, path: { platform: "twitter" } });
const accountOf = (userId = CREATOR_ID) => stage.ports.socialAccounts.get(userId, "twitter");

/** Networks at which something happens meanwhile, once: between what is asked for and what is done with the answer. */
function meanwhile(method: "read" | "refresh", act: () => Promise<unknown>) {
  const network = stage.socialNetworks.of("twitter");
  let acted = false;
  const asked = async <R>(ask: () => Promise<R>): Promise<R> => {
    const answer = await ask();
    if (!acted) {
      acted = true;
      await act();
    }
    return answer;
  };
  const of = () => ({ ...network, [method]: (tokens: SocialTokens) => asked<unknown>(() => network[method](tokens)) });
  return { socialNetworks: { of } };
}

test("what a network said of one account is not written into another that was connected meanwhile", async () => {
  await connected(stage, "twitter", { member: memberOf("mia") });
  later(stage, 6);
  const work = { task: "sync", userId: CREATOR_ID, platform: "twitter" } as const;
  await worked(
    stage,
    work,
    meanwhile("read", async () => {
      later(stage, A_SECOND);
      await disconnected();
      await connected(stage, "twitter", { member: memberOf("ben") });
    }),
  );
  expect(await accountOf()).toMatchObject({ externalId: "ben", username: "ben.makes", status: "connected" });
});

test("renewed tokens of one account do not take the place of those of another that was connected meanwhile", async () => {
  await connected(stage, "twitter", { member: memberOf("mia") });
  later(stage, 6);
  const work = { task: "renew", userId: CREATOR_ID, platform: "twitter" } as const;
  await worked(
    stage,
    work,
    meanwhile("refresh", async () => {
      later(stage, A_SECOND);
      await disconnected();
      await connected(stage, "twitter", { member: memberOf("ben") });
      // Its own renewal is begun as well, so that both tokens are at their second version.
      const [token] = stage.stored("socialToken");
      await stage.given("socialToken", { ...token, version: 2 } as never);
    }),
  );
  const token = await stage.ports.socialTokens.get({ userId: CREATOR_ID, platform: "twitter" });
  const tokens = await stage.tokenSeals.open({ userId: CREATOR_ID, platform: "twitter" }, token?.sealed ?? "");
  expect((await stage.socialNetworks.of("twitter").read(tokens)).identity.externalId).toBe("ben");
});

/** A connection that is on its way while something happens: before what it has read of the claim is written by. */
const slowly = (act: () => Promise<unknown>): typeof connectSocialAccount => {
  let looked = 0;
  return Object.assign(Object.create(connectSocialAccount) as object, {
    contract: connectSocialAccount.contract,
    run: (call: never, ports: Parameters<typeof connectSocialAccount.run>[1]) =>
      connectSocialAccount.run(call, {
        ...ports,
        socialClaims: {
          ...ports.socialClaims,
          async get(platform, externalId) {
            const claim = await ports.socialClaims.get(platform, externalId);
            if ((looked += 1) === 1) await act();
            return claim;
          },
        },
      }),
  }) as never;
};

test("whose an account was is not whose it is: who comes back late is told that it is taken", async () => {
  await connected(stage, "twitter", { member: memberOf("mia") });
  const slow = slowly(async () => {
    later(stage, A_SECOND);
    await disconnected();
    await connected(stage, "twitter", { actor: other, member: memberOf("mia") });
  });
  const body = await consented(stage, "twitter");
  await expect(
    stage.run(slow, { actor: creator(CREATOR_ID), path: { platform: "twitter" }, body }),
  ).rejects.toMatchObject({ refusal: { code: "social.account_taken" } });
  expect([await accountOf(), await accountOf(OTHER_CREATOR_ID)]).toMatchObject([undefined, { externalId: "mia" }]);
});

test("who begins to connect before a disconnection and is written after it keeps the day, and no day before it", async () => {
  await connected(stage, "twitter");
  later(stage, 24);
  const slow = slowly(async () => {
    later(stage, A_SECOND);
    await disconnected();
  });
  const body = await consented(stage, "twitter");
  await stage.run(slow, { actor: creator(CREATOR_ID), path: { platform: "twitter" }, body });
  expect(stage.stored("socialDay")).toHaveLength(2);
  await forgot(stage, eventsOf(stage, "social.account_disconnected")[0] as never);
  expect(stage.stored("socialDay")).toMatchObject([{ day: "2026-11-26" }]);
});

test("a day of a second connection outlives whoever still forgets the first", async () => {
  await connected(stage, "twitter", { member: memberOf("mia") });
  const held = stage.stored("socialDay");
  later(stage, A_SECOND);
  await disconnected();
  const [event] = eventsOf(stage, "social.account_disconnected");
  if (event === undefined) throw new Error("nothing was said of it");
  await forgot(stage, event);
  later(stage, A_SECOND);
  await connected(stage, "twitter", { member: memberOf("mia") });
  const days = { ofPerson: () => Promise.resolve(held as never) };
  await expect(forgot(stage, event, { socialDays: days })).rejects.toThrow("changed");
  expect(stage.stored("socialDay")).toHaveLength(1);
});
