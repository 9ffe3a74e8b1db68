import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as nameRoles } from "#lambdas/users/name-roles";
import { handler as openAccount } from "#lambdas/users/open-account";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { systemActor } from "#shared/domain/kernel/actor";
import { knownAccount } from "#shared/domain/users/access";
import type { Account } from "#shared/domain/users/account";
import { groupsCaughtUp } from "#shared/domain/users/roles";
import type { PoolCall } from "#shared/runtime/middleware/pool-event";
import { ADMIN_ID, anAccount, BRAND_ID } from "../../support/builders.ts";
import { admin, testStage, type TestStage } from "../../support/stage.ts";
import { person, poolTriggersOf } from "./pool-triggers.ts";

let stage: TestStage;

const trigger = poolTriggersOf(() => stage);
const account = async (): Promise<Account | undefined> => stage.ports.accounts.get(BRAND_ID);

beforeEach(() => {
  stage = testStage();
});

describe("a token's roles", () => {
  const groupsOf = async (parts: Partial<PoolCall>) => {
    // Version 2 of the trigger: beside what is of one token alone, groups are overridden in both.
    const { claimsAndScopeOverrideDetails } = (await trigger(nameRoles, parts)) as {
      claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: string[] } };
    };
    return claimsAndScopeOverrideDetails.groupOverrideDetails.groupsToOverride;
  };

  test("are the account's, and follow groups changed in the console", async () => {
    await trigger(openAccount, {});
    expect(await groupsOf({ groups: ["brand"] })).toEqual(["brand"]);
    expect(await groupsOf({ groups: ["brand", "admin", "testers"] })).toEqual(["admin", "brand"]);
    expect((await account())?.roles).toEqual(["admin", "brand"]);
    expect(await groupsOf({ groups: ["brand"] })).toEqual(["brand"]);
  });

  test("that an operator took away stay away when a password is reset, which the same trigger confirms", async () => {
    await stage.given("account", anAccount({ roles: ["admin", "brand"] }));
    stage.userPoolGroups.groups.set(BRAND_ID, ["brand"]);
    await trigger(openAccount, { triggerSource: "PostConfirmation_ConfirmForgotPassword", groups: ["brand"] });
    expect(stage.userPoolGroups.groups.get(BRAND_ID)).toEqual(["brand"]);
  });

  test("are not lost when the pool takes no groups at first: they follow with the event", async () => {
    const setGroups = () => Promise.reject(new Error("throttled"));
    const ports = { userPoolGroups: { ...stage.userPoolGroups, setGroups } };
    await expect(trigger(openAccount, {}, ports)).rejects.toThrow("throttled");
    expect(await groupsOf({ groups: [] })).toEqual(["brand"]);
    expect(await account()).toMatchObject({ roles: ["brand"], groupsPending: true });
  });

  test("do not follow groups as they were before, when a trigger was under way as they caught up", async () => {
    await stage.given(
      "account",
      anAccount({ roles: ["brand"], groupsWere: ["admin", "brand"], groupsSetAt: stage.clock.now }),
    );
    expect(await groupsOf({ groups: ["admin", "brand"] })).toEqual(["brand"]);
    expect(await groupsOf({ groups: ["creator"] })).toEqual(["creator"]);
    await stage.given(
      "account",
      anAccount({ roles: ["brand"], groupsWere: ["admin", "brand"], groupsSetAt: stage.clock.now }),
    );
    stage.clock.now = "2026-11-25T12:01:00.000Z";
    expect(await groupsOf({ groups: ["admin", "brand"] })).toEqual(["admin", "brand"]);
  });

  describe("that an admin took away stay away", () => {
    const set = (roles: Account["roles"]) =>
      stage.run(setUserRoles, { actor: admin(), path: { userId: BRAND_ID }, body: { roles } });
    /** What the event brings about. */
    const caughtUp = async () => {
      const change = groupsCaughtUp(knownAccount(await account()), stage.clock.now);
      const occasion = { actor: systemActor("test"), now: stage.clock.now, requestId: "r", newId: stage.newId };
      await stage.ports.changes.commit({ ...occasion, writes: new Set(["account"]) }, change!);
    };

    test("when a trigger was told groups of the middle of the change, which adds before it removes", async () => {
      await stage.given("account", anAccount({ roles: ["admin"] }));
      await stage.given("account", anAccount({ id: ADMIN_ID, roles: ["admin"] }));
      await set(["creator"]);
      await caughtUp();
      expect(await groupsOf({ groups: ["admin", "creator"] })).toEqual(["creator"]);
      expect((await account())?.roles).toEqual(["creator"]);
    });

    test("when they were changed twice before the groups caught up", async () => {
      await stage.given("account", anAccount({ roles: ["admin"] }));
      await stage.given("account", anAccount({ id: ADMIN_ID, roles: ["admin"] }));
      await set(["brand"]);
      await set(["creator"]);
      await caughtUp();
      expect(await groupsOf({ groups: ["admin"] })).toEqual(["creator"]);
      expect(await groupsOf({ groups: ["brand"] })).toEqual(["creator"]);
      expect((await account())?.roles).toEqual(["creator"]);
    });
  });

  test("do not follow groups that a change of ours has yet to reach", async () => {
    await stage.given("account", anAccount({ roles: ["brand"], groupsPending: true }));
    expect(await groupsOf({ groups: ["brand", "admin"] })).toEqual(["brand"]);
    expect((await account())?.roles).toEqual(["brand"]);
  });

  test("open the account of a person an operator made", async () => {
    expect(await groupsOf({ attributes: person(), groups: ["admin"] })).toEqual(["admin"]);
    expect((await account())?.roles).toEqual(["admin"]);
    expect(await stage.ports.wallets.get(BRAND_ID)).toBeDefined();
  });
});
