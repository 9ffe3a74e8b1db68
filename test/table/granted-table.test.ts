/** The table that actions are tested on denies what IAM would deny. */
import { beforeEach, expect, test } from "@jest/globals";
import { memoryTable } from "#shared/adapters/memory/table";
import type { Capability } from "#shared/ports/catalogue";
import { touchedBy } from "#shared/ports/touched";
import type { Operation, TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { grantedTable } from "../support/granted-table.ts";

const campaign = itemKey(items.campaign, { id: "c" });
const wallet = itemKey(items.wallet, { userId: "u" });
const run = itemKey(items.jobRun, { job: "j", id: "r" });
const lease = itemKey(items.jobLease, { job: "j" });
const put = (key: typeof wallet): Operation => ({ kind: "put", item: { ...key }, when: { any: true } });
const remove = (key: typeof wallet): Operation => ({ kind: "remove", key, when: { any: true } });
const add: Operation = { kind: "add", key: wallet, add: { available: 1 }, when: { any: true } };
const check: Operation = { kind: "check", key: wallet, when: { absent: true } };

let opened: (...uses: Capability[]) => TableEngine;
beforeEach(() => {
  const table = memoryTable();
  opened = (...uses) => grantedTable(table, touchedBy(uses));
});

const cases: readonly [string, Capability[], Capability[], (table: TableEngine) => Promise<unknown>][] = [
  ["get", ["campaigns:read"], ["wallets:read"], (table) => table.get(campaign)],
  ["get many", ["campaigns:read"], ["wallets:read"], (table) => table.getMany([campaign])],
  [
    "query a partition",
    ["wallets:listTransactions"],
    ["wallets:read"],
    (table) => table.query({ ...listing(items.walletTransaction, { userId: "u" }), limit: 1 }),
  ],
  [
    "query a listing",
    ["campaigns:listDue"],
    ["campaigns:list"],
    (table) => table.query({ ...listing(items.campaign.listings.due, {}), limit: 1 }),
  ],
  ["put", ["wallets:write"], ["wallets:read"], (table) => table.transact([put(wallet)])],
  ["add in place", ["journal:post"], ["wallets:write"], (table) => table.transact([add])],
  ["check", ["wallets:read", "changes:commit"], ["changes:commit"], (table) => table.transact([check])],
  ["remove what was lent", ["jobs:run"], ["jobs:list"], (table) => table.transact([remove(lease)])],
];

test.each(cases)("%s: with the right, and not without", async (_what, right, wrong, act) => {
  await expect(act(opened(...right))).resolves.not.toThrow();
  await expect(act(opened(...wrong))).rejects.toThrow("AccessDenied");
});

test("nothing else is removed, by nobody", async () => {
  await expect(opened("jobs:run").transact([remove(run)])).rejects.toThrow("AccessDenied: remove");
});
