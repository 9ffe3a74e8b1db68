import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as getWallet } from "#lambdas/wallets/get-wallet";
import { handler as listEarnings } from "#lambdas/wallets/list-earnings";
import { handler as listTransactions } from "#lambdas/wallets/list-wallet-transactions";
import type { Actor } from "#shared/domain/kernel/actor";
import type { Earning } from "#shared/domain/wallets/earning";
import type { Position } from "#shared/ports/page";
import { BRAND_ID, CREATOR_ID, DELIVERABLE_ID, PARTICIPATION_ID } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";
import { admin, brand, creator, type TestStage } from "../../support/stage.ts";
import { asked, drafted, OTHER_CREATOR_ID, paidIn, peopled, published } from "../../support/launched.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

/** A campaign that is up, its whole budget set aside. */
async function readyCampaign(on: TestStage, amount: number): Promise<void> {
  const { id } = await drafted(on, { budget: { amount, currency: "USD" } });
  await asked(on, id);
  await published(on, id);
}

describe("a wallet", () => {
  test("is shown to its owner, with what is payable as available", async () => {
    await stage.given(
      "wallet",
      aWallet({ userId: CREATOR_ID, payable: 7, pending: 2, disputesReceivable: 3, commits: 4 }),
    );
    expect(await stage.run(getWallet, { actor: creator() })).toEqual({
      userId: CREATOR_ID,
      currency: "USD",
      available: 7,
      spendable: 0,
      payable: 7,
      reserved: 0,
      pending: 2,
      inFlight: 0,
      updatedAt: aWallet().updatedAt,
    });
    expect(await stage.run(getWallet, { actor: brand() })).toMatchObject({ userId: BRAND_ID, available: 0 });
  });

  test("that is not there is not found", async () => {
    const nobody = creator("00000000-0000-4000-8000-0000000000c9");
    await expect(stage.run(getWallet, { actor: nobody })).rejects.toMatchObject({
      refusal: { code: "wallet.not_found" },
    });
  });
});

describe("a wallet's transactions", () => {
  const list = (actor: Actor, query: { type?: "deposit" | "reservation" } = {}, limit = 25, after?: Position) =>
    stage.run(listTransactions, { actor, query, page: { limit, ...(after && { after }) } });

  test("are its owner's alone, newest first, and sum up to its figures", async () => {
    await paidIn(stage, 100_000);
    await readyCampaign(stage, 60_000);
    const { items } = await list(brand());
    expect(items.map(({ type }) => type)).toEqual(["reservation", "deposit"]);
    const sum = (figure: "available" | "reserved") => items.reduce((total, { effects }) => total + effects[figure], 0);
    const wallet = await stage.run(getWallet, { actor: brand() });
    expect([sum("available"), sum("reserved")]).toEqual([wallet.available, wallet.reserved]);
    expect([wallet.available, wallet.reserved]).toEqual([40_000, 60_000]);
    expect((await list(creator())).items).toEqual([]);
    expect((await list(admin())).items).toEqual([]);
  });

  test("come by kind and page by page, none twice and none missing", async () => {
    for (let at = 1; at <= 5; at += 1) await paidIn(stage, at * 10_000);
    await readyCampaign(stage, 60_000);
    const seen: number[] = [];
    let after: Position | undefined;
    do {
      const page = await list(brand(), { type: "deposit" }, 2, after);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ amount }) => amount.amount));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual([50_000, 40_000, 30_000, 20_000, 10_000]);
  });
});

describe("earnings", () => {
  const earning = (number: number, creatorId: string, status: Earning["status"]): Earning => ({
    id: `ern_${String(number).padStart(26, "0")}`,
    creatorId,
    campaignId: "cmp_1",
    campaignName: "Autumn",
    participationId: PARTICIPATION_ID,
    deliverableId: DELIVERABLE_ID,
    unit: number,
    submissionId: "sub_1",
    status,
    allocatedMinor: 0,
    paidMinor: 0,
    amount: { amount: number, currency: "USD" },
    availableAt: stage.clock.now,
    version: 1,
    createdAt: stage.clock.now,
    updatedAt: stage.clock.now,
  });
  const list = async (actor: Actor, status?: Earning["status"]) =>
    (await stage.run(listEarnings, { actor, query: { ...(status && { status }) } })).items.map(
      ({ amount }) => amount.amount,
    );

  beforeEach(async () => {
    await stage.given("earning", earning(1, CREATOR_ID, "pending"));
    await stage.given("earning", earning(2, OTHER_CREATOR_ID, "pending"));
    await stage.given("earning", earning(3, CREATOR_ID, "available"));
  });

  test("are a creator's own, newest first, and by status", async () => {
    expect(await list(creator())).toEqual([3, 1]);
    expect(await list(creator(), "pending")).toEqual([1]);
    expect(await list(creator(OTHER_CREATOR_ID))).toEqual([2]);
    expect(await list(creator(), "paid")).toEqual([]);
  });

  test("are everybody's for an admin, also one who is a creator too", async () => {
    expect((await list(admin())).sort()).toEqual([1, 2, 3]);
    expect((await list({ ...creator(), roles: ["creator", "admin"] }, "pending")).sort()).toEqual([1, 2]);
  });
});
