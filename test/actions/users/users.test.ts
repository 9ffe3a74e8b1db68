import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getMe } from "#lambdas/users/get-me";
import { handler as openAccount } from "#lambdas/users/open-account";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { handler as syncUserGroups } from "#lambdas/users/sync-user-groups";
import { handler as updateMe } from "#lambdas/users/update-me";
import { handler as validateSignUp } from "#lambdas/users/validate-sign-up";
import type { Account } from "#shared/domain/users/account";
import { ADMIN_ID, anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { anEvent } from "../../domain/notifications/events.ts";
import { admin, brand, testStage, type TestStage } from "../../support/stage.ts";
import { person, poolTriggersOf } from "./pool-triggers.ts";

let stage: TestStage;

const trigger = poolTriggersOf(() => stage);
const account = async (id = BRAND_ID): Promise<Account | undefined> => stage.ports.accounts.get(id);

beforeEach(() => {
  stage = testStage();
});

describe("sign-up", () => {
  test.each(["brand", "creator"])("lets a %s in", async (role) => {
    await expect(trigger(validateSignUp, { attributes: person(role) })).resolves.toEqual({});
  });

  test.each([undefined, "admin", "Brand", "brand,admin", " "])("refuses the role %p", async (role) => {
    await expect(trigger(validateSignUp, { attributes: person(role) })).rejects.toThrow("brand or as a creator");
  });

  test.each(["a..b@example.com", "ü@example.com", "nobody", ""])("refuses the address %p", async (email) => {
    const attributes = { ...person("brand"), email };
    await expect(trigger(validateSignUp, { attributes })).rejects.toMatchObject({
      refusal: { code: "sign_up.email_unusable" },
    });
    const made = { triggerSource: "PreSignUp_AdminCreateUser", attributes: { ...person(), email } };
    await expect(trigger(validateSignUp, made)).rejects.toThrow("no e-mail address");
  });

  test("lets in whom an operator makes, without a role", async () => {
    const made = { triggerSource: "PreSignUp_AdminCreateUser", attributes: person() };
    await expect(trigger(validateSignUp, made)).resolves.toEqual({});
  });

  test("gives a confirmed person an account, a wallet and a group, once", async () => {
    await Promise.all([trigger(openAccount, {}), trigger(openAccount, {})]);
    expect(await account()).toMatchObject({
      id: BRAND_ID,
      email: "jo@example.com",
      fullName: "Jo",
      roles: ["brand"],
      status: "active",
    });
    expect(await stage.ports.wallets.get(BRAND_ID)).toMatchObject({ currency: "USD", available: 0, version: 1 });
    expect(stage.userPoolGroups.groups.get(BRAND_ID)).toEqual(["brand"]);
    expect(stage.outbox()).toEqual(["account.created", "account.roles_changed"]);
    expect(await account()).toMatchObject({ groupsPending: false, groupsSetAt: stage.clock.now });
  });

  test("calls whoever gave no name so, and not by a part of their address", async () => {
    const { name: _, ...attributes }: Record<string, string> = person("creator");
    await trigger(openAccount, { attributes });
    expect((await account())?.fullName).toBe("New member");
  });
});

describe("an admin sets roles", () => {
  const set = (userId: string, roles: Account["roles"]) =>
    stage.run(setUserRoles, { actor: admin(), path: { userId }, body: { roles } });

  test("of the only admin, who stays one", async () => {
    await stage.given("account", anAccount({ id: ADMIN_ID, roles: ["admin"] }));
    await set(ADMIN_ID, ["admin", "brand"]);
    expect((await stage.ports.accounts.get(ADMIN_ID))?.roles).toEqual(["admin", "brand"]);
  });

  /** One delivery of the event that somebody's roles changed. */
  const synced = (roles: Account["roles"] = ["admin", "creator"]): Promise<void> => {
    const occasion = {
      actor: { userId: "system:x", roles: [] },
      now: stage.clock.now,
      requestId: "r",
      newId: stage.newId,
    };
    const event = anEvent("account.roles_changed", { userId: BRAND_ID, roles: [...roles] });
    return syncUserGroups.run(occasion, event, stage.granted(syncUserGroups.contract.uses, occasion));
  };

  beforeEach(async () => {
    await stage.given("account", anAccount({ id: ADMIN_ID, roles: ["admin"], email: "a@example.com" }));
    await stage.given("account", anAccount());
  });

  test("and groups follow", async () => {
    expect(await set(BRAND_ID, ["creator", "admin"])).toMatchObject({ roles: ["admin", "creator"], version: 2 });
    for (let delivery = 0; delivery < 2; delivery += 1) await synced();
    expect(stage.userPoolGroups.groups.get(BRAND_ID)).toEqual(["admin", "creator"]);
    expect(await account()).toMatchObject({ groupsPending: false, version: 3 });
  });

  test("and an event that comes once more does not undo what an operator has changed in the console since", async () => {
    await set(BRAND_ID, ["creator", "admin"]);
    await synced();
    await stage.userPoolGroups.setGroups(BRAND_ID, ["creator"]);
    await synced();
    expect(stage.userPoolGroups.groups.get(BRAND_ID)).toEqual(["creator"]);
  });

  test("and of events that come late, none brings back what they say", async () => {
    await set(BRAND_ID, ["creator", "admin"]);
    await set(BRAND_ID, ["brand"]);
    await synced(["brand"]);
    await synced(["admin", "creator"]);
    expect(stage.userPoolGroups.groups.get(BRAND_ID)).toEqual(["brand"]);
  });

  test("the same again changes nothing", async () => {
    const before = stage.table.all();
    expect(await set(BRAND_ID, ["brand"])).toMatchObject({ roles: ["brand"], version: 1 });
    expect(stage.table.all()).toEqual(before);
  });

  test("but never takes the last admin away, also when two demote each other at once", async () => {
    await expect(set(ADMIN_ID, ["brand"])).rejects.toMatchObject({ refusal: { code: "role.last_admin" } });
    await set(BRAND_ID, ["admin"]);
    const demotions = [admin(), { userId: BRAND_ID, roles: ["admin" as const] }].map((actor, at) =>
      stage.run(setUserRoles, {
        actor,
        path: { userId: [BRAND_ID, ADMIN_ID][at] ?? "" },
        body: { roles: ["creator"] },
      }),
    );
    const outcomes = await Promise.allSettled(demotions);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await stage.ports.accounts.someAdmins()).toHaveLength(1);
  });

  test("and counts no suspended admin among those who remain", async () => {
    await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["admin"], status: "suspended" }));
    await expect(set(ADMIN_ID, ["brand"])).rejects.toMatchObject({ refusal: { code: "role.last_admin" } });
    await stage.given("account", anAccount({ id: CREATOR_ID, roles: ["admin"] }));
    expect(await set(ADMIN_ID, ["brand"])).toMatchObject({ roles: ["brand"] });
  });

  test("and what was taken and given is in the audit", async () => {
    await set(BRAND_ID, ["creator"]);
    expect(stage.stored("auditEntry")).toEqual([
      expect.objectContaining({
        action: "account.roles_changed",
        actorId: ADMIN_ID,
        resource: { type: "account", id: BRAND_ID },
        changes: [{ field: "roles", before: ["brand"], after: ["creator"] }],
      }),
    ]);
  });

  test("404 for nobody", async () => {
    await expect(set(CREATOR_ID, ["brand"])).rejects.toMatchObject({ refusal: { code: "user.not_found" } });
  });
});

describe("your own account", () => {
  beforeEach(() => stage.given("account", anAccount()));
  const update = (body: object, ifMatch?: number) =>
    stage.run(updateMe, { actor: brand(), body: body, ...(ifMatch !== undefined && { ifMatch }) });

  test("is read and changed field by field; null clears, absence keeps", async () => {
    await update({ bio: "Hello", location: { country: "DE" } });
    await update({ bio: null, fullName: "Jo Doe" });
    expect(await stage.run(getMe, { actor: brand() })).toMatchObject({
      bio: null,
      fullName: "Jo Doe",
      location: { country: "DE" },
      version: 3,
    });
  });

  test("that is not there is said as at the door", async () => {
    const actor = brand(CREATOR_ID);
    const missing = { refusal: { code: "account.missing" } };
    await expect(stage.run(getMe, { actor })).rejects.toMatchObject(missing);
    await expect(stage.run(updateMe, { actor, body: { bio: "x" } })).rejects.toMatchObject(missing);
  });

  test("is not changed under an old version", async () => {
    await update({ bio: "one" }, 1);
    await expect(update({ bio: "two" }, 1)).rejects.toMatchObject({
      refusal: { code: "version.changed" },
      context: { currentState: "v2" },
    });
  });

  test("leaves no personal text in the audit", async () => {
    await update({ bio: "my secret address" });
    const audit = stage.stored("auditEntry");
    expect(JSON.stringify(audit)).toContain("bio");
    expect(JSON.stringify(audit)).not.toContain("secret address");
  });
});
