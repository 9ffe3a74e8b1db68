/** What the proof reads does not grow with history. */
import { PlatformAccount } from "#shared/domain/ledger/account";
import { zeros } from "#shared/domain/ledger/figures";
import { expect, test } from "@jest/globals";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { lookedAt, newAudit } from "#shared/domain/ledger/audit/auditor";
import { entityItem } from "#shared/table/entity";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { SPREAD } from "#shared/table/schema";
import { brokenOf, openOf } from "../../domain/ledger/audit/broken-books.ts";
import { BRAND_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { paysIn } from "../../support/ledger-days.ts";
import { sequentialIds } from "../../support/stage.ts";

const DAY = "2026-11-25";
const NOW = "2026-11-26T12:00:00.000Z";
type NewId = ReturnType<typeof sequentialIds>;

/** So many payments of a cent, long ago, and the close after them. */
function history(count: number, newId: NewId): (Item & Key)[] {
  const at = "2026-11-20T12:00:00.000Z";
  const about = { referenceId: "r", description: "d" };
  const [type, currency] = ["deposit", "USD"] as const;
  const lines = [
    { account: { of: "platform", account: "stripe_balance" } as const, amount: -1 },
    { account: { of: "wallet", userId: BRAND_ID, account: "available" } as const, amount: 1 },
  ];
  const effects = { available: 1, reserved: 0, pending: 0, inFlight: 0 };
  const row = { ...about, userId: BRAND_ID, type, amount: { amount: 1, currency }, effects, createdAt: at };
  const entry = { ...about, type, currency, lines, actorId: "a", effectiveAt: at, postedAt: at };
  const all: (Item & Key)[] = [];
  let commitId = "";
  for (let number = 1; number <= count; number += 1) {
    const id = newId("journalEntry");
    commitId = newId("commit");
    all.push(storedItem<JournalEntry>(items.journalEntry, { ...entry, id, key: `k${number}`, commitId }));
    all.push(storedItem(items.walletTransaction, { ...row, id, status: "completed" }));
  }
  return [...all, ...closed(count, commitId)];
}

function closed(count: number, lastCommitId: string): (Item & Key)[] {
  const platform = { ...zeros(PlatformAccount.options), stripe_balance: count };
  const balances = { asset: count, liability: count, equity: 0, revenue: 0, expense: 0, platform };
  const figures = { available: count, pending: 0, payable: 0, inFlight: 0, disputesReceivable: 0 };
  return [
    entityItem("wallet", aWallet({ available: count, commits: count, lastCommitId })),
    entityItem("closing", {
      ...{ account: `wallet:${BRAND_ID}`, currency: "USD", figures, commits: count, day: DAY, version: 1 },
      lastCommitIds: [lastCommitId],
    }),
    entityItem("ledgerClose", {
      ...{ day: DAY, currencies: [{ currency: "USD", opening: balances, closing: balances }], version: 1 },
      ...{ entries: count, commits: count, heads: [], chainHead: "", unsealed: [] },
      closedAt: "2026-11-26T00:45:00.000Z",
    }),
  ];
}

/** Items that a look reads, twenty payments after the close. */
async function readsAfter(count: number): Promise<number> {
  const newId = sequentialIds();
  const table = memoryTable(history(count, newId));
  for (let number = 1; number <= 20; number += 1)
    await paysIn({ table, clock: { now: NOW }, newId }, number, `deposit:pi_${number}`);
  let read = 0;
  const noted = <T>(what: T, ofIt: number): T => {
    read += ofIt;
    return what;
  };
  const engine: TableEngine = {
    ...table,
    get: async (key) => noted(await table.get(key), 1),
    getMany: async (keys) => noted(await table.getMany(keys), keys.length),
    query: async (query) => {
      const reply = await table.query(query);
      return noted(reply, Math.max(reply.items.length, 1));
    },
  };
  const books = await memory(engine).ledger({}).books(NOW);
  const audit = lookedAt(newAudit, { books, held: [{ amount: count + 210, currency: "USD" }] });
  expect([brokenOf(audit), openOf(audit), books.entries.length]).toEqual([[], [], 20]);
  return read;
}

test("the proof reads the last close and what came after, never history", async () => {
  const [short, long] = [await readsAfter(1_000), await readsAfter(100_000)];
  console.log(`items read after 1,000 entries of history: ${short}; after 100,000: ${long}`);
  expect(short).toBeGreaterThan(60);
  expect(long).toBeLessThanOrEqual(short * 1.05 + SPREAD);
}, 120_000);
