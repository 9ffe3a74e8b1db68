import { describe, expect, test } from "@jest/globals";
import { setRoles } from "#shared/domain/users/roles";
import { userRefusals } from "#shared/domain/users/refusals";
import { ADMIN_ID, anAccount, CREATOR_ID } from "../../support/builders.ts";
import { admin, sequentialIds } from "../../support/stage.ts";

const boss = anAccount({ id: ADMIN_ID, roles: ["admin"] });
const creator = anAccount({ id: CREATOR_ID, roles: ["creator"] });
const by = { actor: admin(), now: "2026-11-25T12:00:00.000Z", newId: sequentialIds() };
const lastAdmin = expect.objectContaining({ refusal: userRefusals.lastAdmin });

describe("taking the admin's role away", () => {
  test("holds on to another admin, who must still be one when it is written", () => {
    const other = anAccount({ id: CREATOR_ID, roles: ["admin"] });
    expect(setRoles(boss, ["brand"], [boss, other], by).change?.requires).toEqual([
      { unchanged: "account", was: other },
    ]);
  });

  test("is refused where there is no other who is active", () => {
    const suspended = anAccount({ id: CREATOR_ID, roles: ["admin"], status: "suspended" });
    for (const admins of [[], [boss], [boss, suspended]])
      expect(() => setRoles(boss, ["brand"], admins, by)).toThrow(lastAdmin);
  });
});

test("who was no admin is given other roles without holding on to one, and however few there are", () => {
  expect(setRoles(creator, ["brand"], [], by).account.roles).toEqual(["brand"]);
  expect(setRoles(creator, ["brand"], [boss], by).change?.requires).toEqual([]);
});

test("the audit names whose roles they are, beside the admin; an admin who changes their own acts for nobody else", () => {
  expect(setRoles(creator, ["brand"], [boss], by).change?.audit).toMatchObject({ onBehalfOf: CREATOR_ID });
  expect(setRoles(boss, ["admin", "brand"], [boss], by).change?.audit).not.toHaveProperty("onBehalfOf");
});
