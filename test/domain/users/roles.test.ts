import { describe, expect, test } from "@jest/globals";
import { setRoles } from "#shared/domain/users/roles";
import { userRefusals } from "#shared/domain/users/refusals";
import { ADMIN_ID, anAccount, CREATOR_ID } from "../../support/builders.ts";

const NOW = "2026-11-25T12:00:00.000Z";
const boss = anAccount({ id: ADMIN_ID, roles: ["admin"] });
const creator = anAccount({ id: CREATOR_ID, roles: ["creator"] });
const lastAdmin = expect.objectContaining({ refusal: userRefusals.lastAdmin });

describe("taking the admin's role away", () => {
  test("holds on to another admin, who must still be one when it is written", () => {
    const other = anAccount({ id: CREATOR_ID, roles: ["admin"] });
    expect(setRoles(boss, ["brand"], [boss, other], NOW).change?.requires).toEqual([
      { unchanged: "account", was: other },
    ]);
  });

  test("is refused where there is no other who is active", () => {
    const suspended = anAccount({ id: CREATOR_ID, roles: ["admin"], status: "suspended" });
    for (const admins of [[], [boss], [boss, suspended]])
      expect(() => setRoles(boss, ["brand"], admins, NOW)).toThrow(lastAdmin);
  });
});

test("who was no admin is given other roles without holding on to one, and however few there are", () => {
  expect(setRoles(creator, ["brand"], [], NOW).account.roles).toEqual(["brand"]);
  expect(setRoles(creator, ["brand"], [boss], NOW).change?.requires).toEqual([]);
});
