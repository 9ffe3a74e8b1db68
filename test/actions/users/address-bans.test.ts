/** A ban holds for every account of an address: those that were left behind at the pool, and the one that is open. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { handler as nameRoles } from "#lambdas/users/name-roles";
import type { Account } from "#shared/domain/users/account";
import { ADMIN_ID, anAccount, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { auditRows, expectRefused, OTHER_BRAND_ID, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, type TestStage } from "../../support/stage.ts";
import { bansOf } from "./bans.ts";
import { poolTriggersOf } from "./pool-triggers.ts";

/** One person's, by the order in which they left them behind; the last one is open at the pool. */
const [LEFT, OPEN] = [BRAND_ID, CREATOR_ID];
let stage: TestStage;
const { ban, unban, happened, deliver, deliverAll } = bansOf(() => stage);

async function alike(parts: Partial<Account> = {}): Promise<void> {
  stage = await peopled();
  await stage.given("account", anAccount({ id: LEFT, email: "Jo@Example.com" }));
  await stage.given("account", anAccount({ id: OPEN, email: "jo@example.com", roles: ["creator"], ...parts }));
}
beforeEach(() => alike());
const later = () => {
  stage.clock.now = new Date(Date.parse(stage.clock.now) + 60_000).toISOString();
};
const statuses = (...ids: string[]) => Promise.all(ids.map(async (id) => (await stage.ports.accounts.get(id))?.status));

test("who is banned is banned with their other accounts, money and all, and nobody else is", async () => {
  await stage.given("account", anAccount({ id: OTHER_BRAND_ID, email: "jo@example.com.au" }));
  await ban(LEFT);
  await deliverAll();
  expect(await statuses(LEFT, OPEN, OTHER_BRAND_ID, OTHER_CREATOR_ID)).toEqual([
    "suspended",
    "suspended",
    "active",
    "active",
  ]);
  expect(await stage.ports.wallets.get(OPEN)).toMatchObject({ ownerStatus: "suspended" });
  expect(stage.userPoolSessions.ended).toContain(OPEN);
  expect(
    auditRows(stage, "account.suspended").find(({ resource }) => (resource as { id: string }).id === OPEN),
  ).toEqual(
    expect.objectContaining({
      actorId: "system:consumer",
      changes: [
        { field: "status", before: "active", after: "suspended" },
        { field: "reason", before: null, after: "fraud" },
        { field: "bannedBy", before: null, after: ADMIN_ID },
        { field: "sameAddressAs", before: null, after: LEFT },
      ],
    }),
  );
  expect(happened().filter(({ type }) => type === "account.suspended")).toEqual([
    expect.objectContaining({ detail: { userId: LEFT, reason: "fraud" } }),
    expect.objectContaining({ detail: { userId: OPEN, reason: "fraud" } }),
  ]);
});

test("however many they have left behind", async () => {
  const many = Array.from({ length: 130 }, (_, at) => `00000000-0000-4000-8000-0000000${String(10_000 + at)}`);
  for (const id of many) await stage.given("account", anAccount({ id, email: "jo@example.com" }));
  await ban(OPEN);
  await deliverAll();
  expect(new Set(await statuses(LEFT, OPEN, ...many))).toEqual(new Set(["suspended"]));
});

test("the end of a ban ends what followed it, and nothing else", async () => {
  await stage.given("account", anAccount({ id: OTHER_BRAND_ID, email: "jo@example.com" }));
  await ban(OTHER_BRAND_ID, { reason: "spam" });
  await ban(LEFT);
  await deliverAll();
  await unban(LEFT);
  await deliverAll();
  // Another one is banned for itself still.
  expect(await statuses(OPEN, OTHER_BRAND_ID, LEFT)).toEqual(["suspended", "suspended", "active"]);
  await unban(OTHER_BRAND_ID);
  await deliverAll();
  expect(await statuses(OPEN, OTHER_BRAND_ID, LEFT)).toEqual(["active", "active", "active"]);
  expect(await stage.ports.wallets.get(OPEN)).toMatchObject({ ownerStatus: "active" });
});

test("whom an admin lets back stays, also when the ban is told of again; a later ban takes them along", async () => {
  await ban(LEFT);
  await deliverAll();
  later();
  await unban(OPEN);
  await deliverAll();
  for (const event of happened()) await deliver(event);
  expect(await statuses(LEFT, OPEN)).toEqual(["suspended", "active"]);
  later();
  await unban(LEFT);
  later();
  await ban(LEFT);
  await deliverAll();
  expect(await statuses(LEFT, OPEN)).toEqual(["suspended", "suspended"]);
});

test.each([
  [LEFT, OPEN],
  [OPEN, LEFT],
])("whom an admin lets back follows the next ban of the address, whoever was banned first: %s, %s", async (...bans) => {
  await stage.given("account", anAccount({ id: OTHER_BRAND_ID, email: "jo@example.com" }));
  const [first, next] = bans;
  await ban(first);
  await deliverAll();
  later();
  for (const id of [next, OTHER_BRAND_ID]) await unban(id);
  later();
  await ban(next);
  await deliverAll();
  expect(await statuses(OTHER_BRAND_ID)).toEqual(["suspended"]);
});

test("a ban that followed, and is then decided for itself, stays when the first one ends", async () => {
  await ban(LEFT);
  await deliverAll();
  await ban(OPEN, { reason: "spam" });
  expect(auditRows(stage, "account.ban_kept")).toEqual([
    expect.objectContaining({
      actorId: ADMIN_ID,
      changes: [
        { field: "sameAddressAs", before: LEFT, after: null },
        { field: "reason", before: "fraud", after: "spam" },
      ],
    }),
  ]);
  await unban(LEFT);
  await deliverAll();
  expect(await statuses(LEFT, OPEN)).toEqual(["active", "suspended"]);
});

test("an account that was opened while its address was being banned is banned by the event that it was", async () => {
  await ban(LEFT);
  const detail = { userId: OPEN, email: "jo@example.com" };
  await deliver({ id: "evt_1", type: "account.created", at: stage.clock.now, requestId: "r", detail } as never);
  expect(await statuses(OPEN)).toEqual(["suspended"]);
});

describe("an account whose owner changes their address at the pool", () => {
  const mover = OTHER_BRAND_ID;
  const token = poolTriggersOf(() => stage);
  /** Their next token names the address. */
  const moves = (sub: string, email: string) =>
    token(nameRoles, { attributes: { sub, email, email_verified: "true" }, groups: ["brand"] });
  const addressOf = async (id: string) => (await stage.ports.accounts.get(id))?.email;
  beforeEach(() => stage.given("account", anAccount({ id: mover, email: "mover@example.com" })));

  test.each([
    ["before its address is banned", [() => moves(mover, "JO@example.com"), () => ban(LEFT)]],
    ["after its address was banned", [() => ban(LEFT), () => moves(mover, "JO@example.com")]],
  ])("is banned when it came %s, and let back with the others", async (_when, steps) => {
    for (const step of steps) {
      const told = happened().length;
      await step();
      await deliverAll(told);
    }
    expect(await statuses(LEFT, OPEN, mover)).toEqual(["suspended", "suspended", "suspended"]);
    expect(await stage.ports.accounts.get(mover)).toMatchObject({ ban: { sameAddressAs: LEFT, reason: "fraud" } });
    await unban(LEFT);
    await deliverAll();
    expect(await statuses(LEFT, OPEN, mover)).toEqual(["active", "active", "active"]);
  });

  test("keeps the address that it is banned with, or the next account of it would be open", async () => {
    await ban(LEFT);
    await deliverAll();
    for (const id of [LEFT, OPEN]) await moves(id, "away@example.com");
    await moves(mover, "jo@example.com");
    await deliverAll();
    expect(await statuses(LEFT, OPEN, mover)).toEqual(["suspended", "suspended", "suspended"]);
    // Whose ban is over has the address that is theirs by then.
    await unban(LEFT);
    await deliverAll();
    await moves(OPEN, "away@example.com");
    expect(await Promise.all([LEFT, OPEN].map(addressOf))).toEqual(["Jo@Example.com", "away@example.com"]);
  });

  test("lets back who followed when it leaves before the end of its ban is told", async () => {
    await ban(LEFT);
    await deliverAll();
    const told = happened().length;
    await unban(LEFT);
    await moves(LEFT, "away@example.com");
    await deliverAll(told);
    expect(await statuses(LEFT, OPEN)).toEqual(["active", "active"]);
  });

  test("holds nobody of the address that it left while it is banned at another", async () => {
    await moves(mover, "jo@example.com");
    for (const id of [LEFT, mover]) await ban(id);
    await deliverAll();
    await unban(LEFT);
    await moves(LEFT, "away@example.com");
    later();
    await ban(LEFT);
    await deliverAll();
    expect(await statuses(LEFT, OPEN, mover)).toEqual(["suspended", "suspended", "suspended"]);
    await unban(mover);
    await deliverAll();
    expect(await statuses(LEFT, OPEN, mover)).toEqual(["suspended", "active", "active"]);
  });
});

test("the last admin stays, and so does an admin who bans what they left behind", async () => {
  await alike({ roles: ["admin"] });
  await stage.given("wallet", aWallet({ userId: OPEN }));
  await ban(LEFT, { actor: admin(OPEN) });
  await deliverAll();
  expect(await statuses(LEFT, OPEN)).toEqual(["suspended", "active"]);
  await unban(LEFT);
  await ban(LEFT);
  await stage.given("account", anAccount({ id: ADMIN_ID, roles: ["brand"], email: "admin@example.com", version: 2 }));
  await expectRefused(stage, deliverAll, "role.last_admin");
});

test("bans and their ends, told of in any order, late and twice, leave what the last of them says", async () => {
  const third = OTHER_BRAND_ID;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), fc.constantFrom(LEFT, third)), { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(99), { maxLength: 20 }),
      async (bans, deliveries) => {
        await alike();
        await stage.given("account", anAccount({ id: third, email: "jo@example.com" }));
        const told = [...deliveries];
        const decided = new Map<string, boolean>();
        for (const [isBan, userId] of bans) {
          later();
          // An end of a ban that nobody decided for this account is an admin's word about it: the test above.
          if (!isBan && !decided.get(userId)) continue;
          await (isBan ? ban(userId) : unban(userId));
          decided.set(userId, isBan);
          const events = happened();
          for (const at of told.splice(0, 3)) await deliver(events[at % events.length]!);
        }
        for (const event of happened().reverse()) await deliver(event);
        await deliverAll();
        const isBanned = [...decided.values()].some((one) => one);
        expect(await statuses(OPEN)).toEqual([isBanned ? "suspended" : "active"]);
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);
