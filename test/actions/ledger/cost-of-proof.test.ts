/** What the proof reads does not grow with history. */
import { expect, test } from "@jest/globals";
import { memory } from "#shared/adapters/memory/index";
import { lookedAt, newAudit } from "#shared/domain/ledger/audit/auditor";
import { SPREAD } from "#shared/table/schema";
import type { TableEngine } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { brokenOf, openOf } from "../../domain/ledger/audit/broken-books.ts";
import { aWallet, BRAND_ID } from "../../support/builders.ts";
import { paysIn } from "../../support/ledger-days.ts";
import { testStage } from "../../support/stage.ts";

/** A day of `count` payments long ago, closed; then a proof of what came after. Items that it read. */
async function readsAfter(count: number): Promise<number> {
  const own = testStage("2026-11-26T12:00:00.000Z");
  const [at, day] = ["2026-11-20T12:00:00.000Z", "2026-11-25"];
  const put = (item: object) => own.table.write({ kind: "put", item: item as never, when: { any: true } });
  let last = "";
  for (let number = 1; number <= count; number += 1) {
    const lines = [
      { account: { of: "platform", account: "stripe_balance" } as const, amount: -1 },
      { account: { of: "wallet", userId: BRAND_ID, account: "available" } as const, amount: 1 },
    ];
    const about = { currency: "USD" as const, referenceId: "r", description: "d", actorId: "a" };
    const entry = { ...about, id: own.newId("journalEntry"), key: `k${number}`, type: "deposit" as const, lines };
    const commitId = own.newId("commit");
    last = commitId;
    await put(storedItem(items.journalEntry, { ...entry, effectiveAt: at, postedAt: at, commitId }));
    const row = {
      id: entry.id,
      userId: BRAND_ID,
      type: "deposit" as const,
      referenceId: "r",
      description: "d",
      createdAt: at,
    };
    const effects = { available: 1, reserved: 0, pending: 0, inFlight: 0 };
    await put(
      storedItem(items.walletTransaction, {
        ...row,
        effects,
        amount: { amount: 1, currency: "USD" },
        status: "completed",
      }),
    );
  }
  const platform = { stripe_balance: count, stripe_fees: 0, platform_fees: 0, creator_compensation: 0 };
  const closing = { asset: count, liability: count, revenue: 0, expense: 0, platform };
  await own.given("wallet", aWallet({ available: count, commits: count, lastCommitId: last }));
  await own.given("closing", {
    account: `wallet:${BRAND_ID}`,
    currency: "USD",
    figures: { available: count, pending: 0, payable: 0, inFlight: 0, disputesReceivable: 0 },
    commits: count,
    lastCommitIds: [last],
    day,
    version: 1,
  });
  await own.given("ledgerClose", {
    day,
    currencies: [{ currency: "USD", opening: closing, closing }],
    entries: count,
    commits: count,
    heads: [],
    chainHead: "",
    unsealed: [],
    closedAt: "2026-11-26T00:45:00.000Z",
    version: 1,
  });
  for (let number = 1; number <= 20; number += 1) await paysIn(own, number, `deposit:pi_${number}`);
  let read = 0;
  const noted = <T>(what: T, ofIt: number): T => {
    read += ofIt;
    return what;
  };
  const engine: TableEngine = {
    ...own.table,
    get: async (key) => noted(await own.table.get(key), 1),
    getMany: async (keys) => noted(await own.table.getMany(keys), keys.length),
    query: async (query) => {
      const reply = await own.table.query(query);
      return noted(reply, Math.max(reply.items.length, 1));
    },
  };
  const books = await memory(engine).ledger({}).books(own.clock.now);
  const audit = lookedAt(newAudit, { books, held: [{ amount: count + 210, currency: "USD" }] });
  expect([brokenOf(audit), openOf(audit), books.entries.length]).toEqual([[], [], 20]);
  return read;
}

test("the proof reads the last close and what came after, never history", async () => {
  const [short, long] = [await readsAfter(1_000), await readsAfter(100_000)];
  console.log(`items read after 1,000 entries of history: ${short}; after 100,000: ${long}`);
  expect(short).toBeGreaterThan(60);
  expect(long).toBeLessThanOrEqual(short * 1.05 + SPREAD);
}, 240_000);
