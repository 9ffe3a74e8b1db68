/**
 * The permission table as people read and review it (docs/permissions.md) is what the door does, cell by cell; and to change
 * any one cell of the contracts is to fail here.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { HttpContract } from "#shared/contracts/contract";
import { Role } from "#shared/domain/kernel/actor";
import { peopled } from "../support/launched.ts";
import { ADMIN_ID, BRAND_ID, CREATOR_ID } from "../support/builders.ts";
import { everyRoute, type HttpAction, issuer, type WholeApi, wholeApi } from "../support/whole-api.ts";

const roles = Role.options;
const idOf: Readonly<Record<Role, string>> = { admin: ADMIN_ID, brand: BRAND_ID, creator: CREATOR_ID };
const COLUMNS = { action: 0, trigger: 1, admin: 2, brand: 3, creator: 4, public: 5 } as const;

/** The rows of the table that are about routes, by action. */
const reviewed = new Map(
  readFileSync(join(import.meta.dirname, "..", "..", "docs", "permissions.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) => line.slice(2, -2).split(" | "))
    .map((cells) => [cells[COLUMNS.action] ?? "", cells] as const),
);
/** What the table says of an action and somebody with one role. */
const says = (name: string, role: Role): boolean => {
  const cells = reviewed.get(name);
  return [COLUMNS[role], COLUMNS.public].some((at) => cells?.[at]?.trim() === "yes");
};

/** Who is let in by the door, by asking at it. */
async function isLetIn(ask: WholeApi, route: HttpAction, role: Role): Promise<boolean> {
  const authorization = `Bearer ${issuer.sign(idOf[role], [role])}`;
  const { body } = await ask(route, { authorization });
  return body["code"] !== "access.role_not_allowed";
}

/** Cells that the door keeps otherwise than the table says. */
async function differing(ask: WholeApi, route: HttpAction): Promise<string[]> {
  const wrong: string[] = [];
  for (const role of roles)
    if ((await isLetIn(ask, route, role)) !== says(route.name, role)) wrong.push(`${route.name} ${role}`);
  return wrong;
}

const flipped = (contract: HttpContract, role: Role): HttpContract => {
  const held = contract.roles === "public" ? [] : contract.roles;
  return { ...contract, roles: held.includes(role) ? held.filter((one) => one !== role) : [...held, role] };
};

test("every cell of every route is kept as the table says", async () => {
  const ask = await wholeApi(await peopled());
  const routes = await everyRoute;
  const wrong: string[] = [];
  for (const route of routes) wrong.push(...(await differing(ask, route)));
  console.log(`${routes.length * roles.length} cells of ${routes.length} routes`);
  expect(wrong).toEqual([]);
}, 60_000);

/** Whether somebody without a token gets further than the door. */
const isOpen = async (ask: WholeApi, route: HttpAction): Promise<boolean> =>
  (await ask(route, {})).body["code"] !== "auth.invalid_token";

test("who has no token gets in where the table says that everybody does", async () => {
  const ask = await wholeApi(await peopled());
  for (const route of await everyRoute) {
    const isPublic = reviewed.get(route.name)?.[COLUMNS.public]?.trim() === "yes";
    expect([route.name, await isOpen(ask, route)]).toEqual([route.name, isPublic]);
  }
}, 60_000);

test("no cell can be flipped, and no route be opened to all, without this being seen", async () => {
  const guarded = (await everyRoute).filter(({ contract }) => contract.roles !== "public");
  const ask = await wholeApi(await peopled());
  const unseen: string[] = [];
  for (const route of guarded) {
    for (const role of roles) {
      const found = await differing(ask, { ...route, contract: flipped(route.contract, role) });
      // Exactly the cell that was flipped is named.
      if (found.join() !== `${route.name} ${role}`) unseen.push(`${route.name} ${role}: ${found.join()}`);
    }
    if (!(await isOpen(ask, { ...route, contract: { ...route.contract, roles: "public" } }))) unseen.push(route.name);
  }
  console.log(`${guarded.length * (roles.length + 1)} flips of ${guarded.length} routes`);
  expect(unseen).toEqual([]);
}, 120_000);
