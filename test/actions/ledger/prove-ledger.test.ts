import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as proveLedger } from "#lambdas/ledger/prove-ledger";
import { memory } from "#shared/adapters/memory/index";
import { isOver, lookedAt, newAudit, proofOf } from "#shared/domain/ledger/audit/auditor";
import type { TableEngine } from "#shared/table/engine";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { paysIn, sealed, twoDays } from "../../support/ledger-days.ts";
import { admin, testStage, type TestStage } from "../../support/stage.ts";
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
    // The creator moved so lately that what their wallet stands for may not be listed yet.
    expect([brokenOf(audit), openOf(audit)]).toEqual([["M4"], ["M2", "M3", "M4", "M10", "M11"]]);
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
