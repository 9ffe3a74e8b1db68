import { expect, test } from "@jest/globals";
import { unchanged } from "#shared/domain/change";
import { systemActor } from "#shared/domain/kernel/actor";
import { followAddressBan } from "#shared/domain/users/follow-address-ban";
import { ADMIN_ID, anAccount, at, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const occasion = { actor: systemActor("consumer"), now: at, newId: sequentialIds() };
const left = anAccount({ id: BRAND_ID, email: "jo@example.com", roles: ["brand"] });
const bannedLeft = { ...left, status: "suspended" as const, ban: { by: ADMIN_ID, reason: "fraud", since: at } };
const open = anAccount({ id: CREATOR_ID, email: "jo@example.com", roles: ["creator"] });
const followed = { ...open, status: "suspended" as const, ban: { ...bannedLeft.ban, sameAddressAs: left.id } };

test.each([
  ["the account of a banned address is banned", open, bannedLeft, "suspended"],
  ["what a ban has taken along is let back once it ends", followed, left, "active"],
])("%s, for as long as the other account is what it was", (_what, account, other, status) => {
  const change = followAddressBan({ account, other, wallet: undefined, admins: [] }, occasion);
  expect(change?.entities.map(({ next }) => next)).toContainEqual(expect.objectContaining({ id: account.id, status }));
  expect(change?.requires).toContainEqual(unchanged("account", other));
});

test("an admin is banned with their address while another one stays, who must still be one when it is written", () => {
  const [boss, another] = [{ ...open, roles: ["admin" as const] }, anAccount({ id: ADMIN_ID, roles: ["admin"] })];
  const change = followAddressBan(
    { account: boss, other: bannedLeft, wallet: undefined, admins: [boss, another] },
    occasion,
  );
  expect(change?.requires).toEqual([unchanged("account", another), unchanged("account", bannedLeft)]);
});
