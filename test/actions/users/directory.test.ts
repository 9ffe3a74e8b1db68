import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as banUser } from "#lambdas/users/ban-user";
import { handler as listUsers } from "#lambdas/users/list-users";
import { handler as setUserRoles } from "#lambdas/users/set-user-roles";
import { handler as unbanUser } from "#lambdas/users/unban-user";
import { handler as updateMe } from "#lambdas/users/update-me";
import { created } from "#shared/domain/change";
import { systemActor } from "#shared/domain/kernel/actor";
import type { Account } from "#shared/domain/users/account";
import { termOf } from "#shared/domain/users/directory";
import { storedAccounts } from "#shared/table/repositories/accounts";
import { ADMIN_ID, anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { admin, creator, testStage, type TestStage } from "../../support/stage.ts";

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
let stage: TestStage;

const opened = (parts: Partial<Account>) => {
  const occasion = { actor: systemActor("trigger"), now: stage.clock.now, requestId: "r", newId: stage.newId };
  const { commit } = stage.granted(["accounts:write"], occasion);
  return commit({ entities: [created("account", anAccount(parts))] });
};
const found = async (query: object, parts: object = {}) => stage.run(listUsers, { actor: admin(), query, ...parts });
const find = async (query: object) => (await found(query)).items.map(({ id }) => id);

beforeEach(async () => {
  stage = testStage();
  await opened({ id: ADMIN_ID, roles: ["admin"], email: "boss@example.com", fullName: "Zoe Boss" });
  await opened({ id: BRAND_ID, roles: ["brand"], email: "mia@brand.example", fullName: "Ada Lovelace" });
  await opened({ id: CREATOR_ID, roles: ["creator"], email: "wong@example.com", fullName: "Mia Wong" });
});

describe("people are counted", () => {
  test("by a role, without who is banned, and none of them is read for it", async () => {
    for (let number = 1; number <= 250; number += 1)
      await opened({ id: idOf(number), roles: ["creator"], email: `c${number}@example.com` });
    await stage.run(banUser, { actor: admin(), path: { userId: idOf(9) }, body: { reason: "x" } });
    const pages: number[] = [];
    const unread = () => Promise.reject(new Error("reads an account"));
    const accounts = storedAccounts({
      ...stage.table,
      get: unread,
      getMany: unread,
      query: async (query) => {
        const page = await stage.table.query({ ...query, limit: 100 });
        pages.push(page.items.length);
        return page;
      },
    });
    expect(await accounts.countActive("creator")).toBe(250);
    expect(pages.sort((a, b) => a - b)).toEqual([1, 51, 100, 100]);
    expect(await accounts.countActive("brand")).toBe(1);
  });
});

describe("people are found", () => {
  test("all of them, by their addresses; by a role; by what an address or a name begins with, in any case", async () => {
    expect(await find({})).toEqual([ADMIN_ID, BRAND_ID, CREATOR_ID]);
    expect(await find({ role: "creator" })).toEqual([CREATOR_ID]);
    // In order of what they were found by; a space comes before an @.
    expect(await find({ q: "MIA" })).toEqual([CREATOR_ID, BRAND_ID]);
    expect(await find({ q: "mia w" })).toEqual([CREATOR_ID]);
    expect(await find({ q: "mia", role: "brand" })).toEqual([BRAND_ID]);
    expect(await find({ q: "example" })).toEqual([]);
    expect(await find({ status: "active" })).toHaveLength(3);
  });

  test("once, who is meant by address and name", async () => {
    await opened({ id: idOf(7), roles: ["brand", "creator"], email: "mia.mia@example.com", fullName: "Mia Mia" });
    expect((await find({ q: "mia" })).filter((id) => id === idOf(7))).toHaveLength(1);
    expect(await find({ q: "mia", role: "creator" })).toEqual([CREATOR_ID, idOf(7)]);
  });

  test("as they are now: by a new name and no longer by the old one, in new roles, banned and not", async () => {
    await stage.run(updateMe, { actor: creator(), body: { fullName: "Émile Zola" } });
    expect(await find({ q: "mia w" })).toEqual([]);
    expect(await find({ q: "émile" })).toEqual([CREATOR_ID]);
    await stage.run(setUserRoles, { actor: admin(), path: { userId: CREATOR_ID }, body: { roles: ["brand"] } });
    expect(await find({ role: "creator" })).toEqual([]);
    expect(await find({ role: "brand" })).toEqual([BRAND_ID, CREATOR_ID]);
    await stage.run(banUser, { actor: admin(), path: { userId: BRAND_ID }, body: { reason: "x" } });
    expect(await find({ status: "suspended" })).toEqual([BRAND_ID]);
    expect(await find({ status: "suspended", role: "brand", q: "ada" })).toEqual([BRAND_ID]);
    expect(await find({ status: "suspended", role: "creator" })).toEqual([]);
    expect(await find({ status: "active", role: "brand" })).toEqual([CREATOR_ID]);
    await stage.run(unbanUser, { actor: admin(), path: { userId: BRAND_ID } });
    expect(await find({ status: "suspended" })).toEqual([]);
  });

  test("page by page, each once, without a look at anybody else", async () => {
    for (let number = 100; number < 130; number += 1)
      await opened({
        id: idOf(number),
        roles: ["brand"],
        email: `x${number}@example.com`,
        fullName: `Xaver ${number}`,
      });
    const ids: string[] = [];
    let after: Readonly<Record<string, string>> | undefined;
    do {
      const page = await found({ q: "x", role: "brand" }, { page: { limit: 7, ...(after && { after }) } });
      ids.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after);
    expect([...ids].sort()).toEqual(Array.from({ length: 30 }, (_, at) => idOf(100 + at)));
  });

  test.each(["\u{1F600}".repeat(200), "\ud800", "#", "a#b%", "ﬁn"])("under a name like %p", async (fullName) => {
    await opened({ id: idOf(9), roles: ["brand"], email: "n@example.com", fullName });
    expect(await find({ q: fullName })).toEqual([idOf(9)]);
    expect(await find({ q: [...fullName].slice(0, 1).join("") })).toContain(idOf(9));
  });
});

test("a term is no longer than a key can be", () => {
  for (const text of ["\u{1F600}".repeat(200), "ü".repeat(300), "㍿".repeat(300)])
    expect(encodeURIComponent(termOf(text)).length).toBeLessThanOrEqual(60 * 12);
});
