import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listTransactions } from "#lambdas/ledger/list-transactions";
import { handler as proveLedger } from "#lambdas/ledger/prove-ledger";
import { handler as getWallet } from "#lambdas/wallets/get-wallet";
import { memory } from "#shared/adapters/memory/index";
import { isOver, lookedAt, newAudit, proofOf } from "#shared/domain/ledger/audit/auditor";
import { SPREAD } from "#shared/table/schema";
import type { TableEngine } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { aWallet, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_BRAND_ID, paysIn, sealed, twoDays } from "../../support/ledger-days.ts";
import { admin, brand, creator, testStage, type TestStage } from "../../support/stage.ts";
import { brokenOf, openOf } from "../../domain/ledger/audit/broken-books.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await twoDays();
});

describe("the ledger's proof", () => {
  const prove = () => stage.run(proveLedger, { actor: admin() });

  test("of no books is balanced", async () => {
    const empty = testStage();
    expect(await empty.run(proveLedger, { actor: admin() })).toMatchObject({
      balanced: true,
      currencies: [],
      liabilities: [],
    });
  });

  test("of right books is balanced", async () => {
    const proof = await prove();
    expect(proof.invariants.filter(({ passed, notJudged }) => !passed || notJudged > 0)).toEqual([]);
    expect(proof.balanced).toBe(true);
    expect(proof.liabilities).toEqual([{ currency: "USD", ledger: 915, stripe: 915, difference: 0, topUp: 75 }]);
  });

  test("fails when a figure was changed by hand", async () => {
    const wallet = (await stage.ports.wallets.get(BRAND_ID)) ?? aWallet();
    await stage.given("wallet", { ...wallet, available: 401 });
    const { balanced, invariants } = await prove();
    expect(balanced).toBe(false);
    expect(
      invariants.flatMap(({ id, violations }) => violations.map((one) => [id, one.subject, one.expected, one.actual])),
    ).toEqual([
      ["M2", "USD", "0", "1"],
      ["M4", `wallet:${BRAND_ID} available`, "400", "401"],
    ]);
  });

  test("fails when money was paid in and the processor holds nothing", async () => {
    stage.payments.balance = () => Promise.resolve([]);
    expect(await prove()).toMatchObject({ balanced: false });
  });
});

/** The ledger on a table where a brand pays in whenever somebody has read what was posted, before they read anything else. */
function underTraffic(payer: string) {
  let paid = 0;
  const engine: TableEngine = {
    ...stage.table,
    query: async (query) => {
      const reply = await stage.table.query(query);
      if (query.index === "kind" && query.partition.startsWith("JOURNAL_ENTRIES_OF_DAY#2026-11-26")) {
        paid += 1;
        await paysIn(stage, 1, `deposit:pi_traffic_${paid}`, payer);
      }
      return reply;
    },
  };
  const ledger = memory(engine).ledger({});
  return async () => {
    let audit = newAudit;
    while (!isOver(audit)) {
      const books = await ledger.books(stage.clock.now);
      audit = lookedAt(audit, { books, held: [{ amount: 915 + paid, currency: "USD" }] });
    }
    return audit;
  };
}

describe("a proof beside writers", () => {
  test("does not judge who never rests: neither passed nor failed, and all others are", async () => {
    const audit = await underTraffic(BRAND_ID)();
    expect([audit.looks, brokenOf(audit), proofOf(audit).balanced]).toEqual([4, [], false]);
    expect(openOf(audit)).toEqual(["M2", "M3", "M4", "M10"]);
    const figures = proofOf(audit).invariants.find(({ id }) => id === "M4");
    expect(figures?.notJudged).toBe(1);
  });

  test("finds money out of nothing beside somebody who never rests", async () => {
    const wallet = (await stage.ports.wallets.get(CREATOR_ID)) ?? aWallet();
    await stage.given("wallet", { ...wallet, payable: wallet.payable + 1 });
    const audit = await underTraffic(BRAND_ID)();
    expect([brokenOf(audit), openOf(audit)]).toEqual([["M4"], ["M2", "M3", "M4", "M10"]]);
  });

  test("stands, whatever is paid in and set aside meanwhile, and judges everything afterwards", async () => {
    let total = 915;
    stage.payments.balance = () => Promise.resolve([{ amount: total, currency: "USD" }]);
    const writing = Array.from({ length: 20 }, (_, at) => {
      total += at + 1;
      return paysIn(stage, at + 1, `deposit:pi_${at}`);
    });
    const proving = [1, 2, 3].map(() => stage.run(proveLedger, { actor: admin() }));
    await Promise.all(writing);
    for (const { invariants } of await Promise.all(proving))
      expect(invariants.filter(({ id, passed }) => !passed && id !== "M10")).toEqual([]);
    await sealed(stage);
    expect(await stage.run(proveLedger, { actor: admin() })).toMatchObject({ balanced: true });
  });
});

/** A day of `count` payments long ago, closed; then a proof of what came after. Items that it read. */
async function readsAfter(count: number): Promise<number> {
  const own = testStage("2026-11-26T12:00:00.000Z");
  const [at, day] = ["2026-11-20T12:00:00.000Z", "2026-11-25"];
  const idOf = (prefix: string, number: number) => `${prefix}_${String(1_000_000 + number).padStart(26, "0")}`;
  const put = (item: object) => own.table.write({ kind: "put", item: item as never, when: { any: true } });
  for (let number = 1; number <= count; number += 1) {
    const lines = [
      { account: { of: "platform", account: "stripe_balance" } as const, amount: -1 },
      { account: { of: "wallet", userId: BRAND_ID, account: "available" } as const, amount: 1 },
    ];
    const common = { currency: "USD" as const, referenceId: "r", description: "d", actorId: "a" };
    const entry = { ...common, id: idOf("jrn", number), key: `k${number}`, type: "deposit" as const, lines };
    const commitId = idOf("cmt", number);
    await put(storedItem(items.journalEntry, { ...entry, effectiveAt: at, postedAt: at, commitId }));
    const row = { id: entry.id, userId: BRAND_ID, type: "deposit" as const, referenceId: "r", description: "d", createdAt: at };
    const effects = { available: 1, reserved: 0, pending: 0, inFlight: 0 };
    await put(
      storedItem(items.walletTransaction, { ...row, effects, amount: { amount: 1, currency: "USD" }, status: "completed" }),
    );
  }
  const last = idOf("cmt", count);
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

describe("all transactions", () => {
  const list = async (query: object, after?: Readonly<Record<string, string>>) =>
    stage.run(listTransactions, { actor: admin(), query, page: { limit: 3, ...(after && { after }) } });
  async function all(query: object) {
    const found = [];
    let page = await list(query);
    for (; page.next; page = await list(query, page.next)) found.push(...page.items);
    return [...found, ...page.items];
  }

  test("are everybody's, newest first, none twice and none missing", async () => {
    const found = await all({});
    // An entry is one transaction of each wallet that it moves: whose campaign's money was paid out sees it as well.
    expect(found.map(({ type }) => type).sort()).toEqual(
      ["deposit", "dispute", "fee", "maturity", "reservation", "transfer", "transfer", "withdrawal"].sort(),
    );
    const ids = found.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
  });

  test("are one person's, and of one kind", async () => {
    expect((await all({ userId: CREATOR_ID })).map(({ type, userId }) => [type, userId])).toEqual([
      ["withdrawal", CREATOR_ID],
      ["maturity", CREATOR_ID],
      ["fee", CREATOR_ID],
      ["transfer", CREATOR_ID],
    ]);
    expect((await all({ type: "transfer" })).map(({ userId }) => userId).sort()).toEqual([BRAND_ID, CREATOR_ID].sort());
    expect(await all({ userId: OTHER_BRAND_ID, type: "deposit" })).toEqual([]);
  });
});

describe("a wallet at an instant", () => {
  const walletAt = (at: string, actor = brand()) => stage.run(getWallet, { actor, query: { at } });

  test("is what it was: what moved since is taken back", async () => {
    const [then, now] = ["2026-11-25T12:00:00.000Z", "2026-11-26T12:00:00.000Z"];
    expect(await walletAt(now)).toMatchObject({ available: 400, reserved: 500, updatedAt: now });
    expect(await walletAt("2026-11-26T11:59:59.999Z")).toMatchObject({ available: 400, reserved: 600, updatedAt: then });
    expect(await walletAt("2026-11-25T11:00:00.000Z")).toMatchObject({ available: 0, spendable: 0, reserved: 0 });
    expect(await walletAt(now, creator())).toMatchObject({ available: 40, payable: 40, spendable: 0, pending: 30, inFlight: 20 });
    const before = { available: 0, payable: 0, spendable: 0, pending: 0, inFlight: 0 };
    expect(await walletAt("2026-11-26T11:00:00.000Z", creator())).toMatchObject(before);
  });

  test("as it is, is the wallet", async () => {
    for (const actor of [brand(), creator()]) {
      const { updatedAt: _, ...now } = await stage.run(getWallet, { actor, query: {} });
      expect(await walletAt(stage.clock.now, actor)).toMatchObject(now);
    }
  });

  test("that is to come, or before the wallet was there, is refused", async () => {
    for (const at of ["2026-11-26T12:00:00.001Z", "2026-10-31T23:59:59.999Z"])
      await expect(walletAt(at)).rejects.toMatchObject({ refusal: { code: "wallet.no_such_instant", kind: "invalid" } });
    await expect(walletAt("2026-11-25T12:00:00.000Z", brand("00000000-0000-4000-8000-0000000000ff"))).rejects.toMatchObject({
      refusal: { code: "wallet.not_found" },
    });
  });

  test("with more movements since than are read at once is refused", async () => {
    for (let number = 1; number <= 5_100; number += 1) {
      const row = { id: `jrn_${String(100_000 + number).padStart(26, "0")}`, userId: BRAND_ID, type: "deposit" as const };
      const effects = { available: 1, reserved: 0, pending: 0, inFlight: 0 };
      const rest = { status: "completed" as const, referenceId: "r", description: "d", createdAt: stage.clock.now };
      const item = storedItem(items.walletTransaction, { ...row, ...rest, effects, amount: { amount: 1, currency: "USD" } });
      await stage.table.write({ kind: "put", item, when: { absent: true } });
    }
    await expect(walletAt("2026-11-25T12:00:00.000Z")).rejects.toMatchObject({ refusal: { code: "wallet.too_long_ago" } });
  });
});
