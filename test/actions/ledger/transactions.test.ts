import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listTransactions } from "#lambdas/ledger/list-transactions";
import { handler as getWallet } from "#lambdas/wallets/get-wallet";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_BRAND_ID, twoDays } from "../../support/ledger-days.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await twoDays();
});

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
    expect(await walletAt("2026-11-26T11:59:59.999Z")).toMatchObject({
      available: 400,
      reserved: 600,
      updatedAt: then,
    });
    expect(await walletAt("2026-11-25T11:00:00.000Z")).toMatchObject({ available: 0, spendable: 0, reserved: 0 });
    expect(await walletAt(now, creator())).toMatchObject({
      available: 40,
      payable: 40,
      spendable: 0,
      pending: 30,
      inFlight: 20,
    });
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
      await expect(walletAt(at)).rejects.toMatchObject({
        refusal: { code: "wallet.no_such_instant", kind: "invalid" },
      });
    await expect(
      walletAt("2026-11-25T12:00:00.000Z", brand("00000000-0000-4000-8000-0000000000ff")),
    ).rejects.toMatchObject({
      refusal: { code: "wallet.not_found" },
    });
  });

  test("with more movements since than are read at once is refused", async () => {
    for (let number = 1; number <= 5_100; number += 1) {
      const row = {
        id: `jrn_${String(100_000 + number).padStart(26, "0")}`,
        userId: BRAND_ID,
        type: "deposit" as const,
      };
      const effects = { available: 1, reserved: 0, pending: 0, inFlight: 0 };
      const rest = { status: "completed" as const, referenceId: "r", description: "d", createdAt: stage.clock.now };
      const item = storedItem(items.walletTransaction, {
        ...row,
        ...rest,
        effects,
        amount: { amount: 1, currency: "USD" },
      });
      await stage.table.write({ kind: "put", item, when: { absent: true } });
    }
    await expect(walletAt("2026-11-25T12:00:00.000Z")).rejects.toMatchObject({
      refusal: { code: "wallet.too_long_ago" },
    });
  });
});
