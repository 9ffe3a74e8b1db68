/** Payouts that come back: the bank's, the processor's, both, told of or found out by looking. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as carryOutPayouts } from "#lambdas/payouts/carry-out-payouts";
import { handler as followPayouts } from "#lambdas/payouts/follow-payouts";
import { plusDays } from "#shared/domain/kernel/time";
import { CREATOR_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import type { TestStage } from "../../support/stage.ts";
import { FUNDED, payingStage } from "./paying.ts";

let paying: Awaited<ReturnType<typeof payingStage>>;
let stage: TestStage;
beforeEach(async () => {
  paying = await payingStage();
  ({ stage } = paying);
});

const AMOUNT = 20_000;
async function expectCreatorsAgain(): Promise<void> {
  expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: AMOUNT, inFlight: 0 });
  expect(stage.payoutProcessor.held("USD")).toBe(FUNDED);
  expect(stage.payoutProcessor.heldByCreators("USD")).toBe(0);
  await paying.expectWholeBooks();
  expect((await paying.ask()).amount.amount).toBe(AMOUNT);
}

describe("a payout that the bank sends back", () => {
  test("is taken back, and can be asked for again", async () => {
    const { id, bankPayoutId } = await paying.sent();
    stage.payoutProcessor.settle(bankPayoutId, "account_closed");
    for (let step = 0; step < 3; step += 1) await paying.steps();
    expect(await paying.read(id)).toMatchObject({ status: "failed", failureCode: "account_closed" });
    await expectCreatorsAgain();
  });

  test.each<[string, readonly number[]]>([
    ["whole", [AMOUNT]],
    ["in part", [7_500]],
    ["in several parts", [7_500, 2_500]],
    ["in parts that are all of it", [12_000, 8_000]],
  ])(
    "after its transfer was reversed from outside, %s, ends all the same, and nothing is taken twice",
    async (_how, parts) => {
      const { id, transferId, bankPayoutId } = await paying.sent();
      for (const part of parts) stage.payoutProcessor.takeBack(transferId, part);
      stage.payoutProcessor.settle(bankPayoutId, "account_closed");
      for (let step = 0; step < 3; step += 1) await paying.steps();
      expect(await paying.read(id)).toMatchObject({ status: "failed", failureCode: "account_closed" });
      await expectCreatorsAgain();
    },
  );

  test("waits where the account holds too little to take it back, until it holds enough", async () => {
    const { id, transferId, bankPayoutId } = await paying.sent();
    stage.payoutProcessor.takeBack(transferId, 500);
    stage.payoutProcessor.owe("USD", 1_000);
    stage.payoutProcessor.settle(bankPayoutId, "account_closed");
    const lines = loggedLines();
    for (let step = 0; step < 3; step += 1) await paying.steps();
    expect(await paying.read(id)).toMatchObject({ status: "in_transit", step: "reversal" });
    stage.clock.now = plusDays(stage.clock.now, 2);
    await paying.job(followPayouts);
    // It is not the house that lacks funds.
    expect(new Set(lines.map(({ code }) => code))).toEqual(new Set(["payout.stuck"]));
    stage.payoutProcessor.owe("USD", -1_000);
    await paying.steps();
    expect(await paying.read(id)).toMatchObject({ status: "failed", failureCode: "account_closed" });
    await expectCreatorsAgain();
  });
});

describe("a payout that was paid", () => {
  test("and whose transfer the processor takes back is reversed, and the money is the creator's again", async () => {
    const { id, transferId } = await paying.paid();
    expect((await paying.read(id)).status).toBe("paid");
    stage.payoutProcessor.takeBack(transferId);
    for (let time = 0; time < 2; time += 1) await paying.told("transfer", transferId);
    expect((await paying.read(id)).status).toBe("reversed");
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: AMOUNT });
    await paying.expectWholeBooks();
  });

  test("stays as it is when another transfer or bank payout that names it comes back", async () => {
    const { id, transferId, bankPayoutId } = await paying.paid();
    const { whatChanged } = stage.payoutProcessor;
    stage.payoutProcessor.whatChanged = async (of) => ({
      ...(await whatChanged({ ...of, objectId: of.objectType === "transfer" ? transferId : bankPayoutId })),
      payoutId: id,
      objectId: of.objectId,
      ...(of.objectType === "transfer" ? { reversalId: "trr_by_hand" } : { failureCode: "account_closed" }),
    });
    await paying.told("transfer", "tr_by_hand");
    await paying.told("payout", "po_by_hand");
    expect((await paying.read(id)).status).toBe("paid");
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 0 });
    await paying.expectWholeBooks();
  });

  /** Nobody is told anything; the job looks, and what it asks for is delivered. */
  const lookedAt = async (days: number): Promise<Record<string, number>> => {
    stage.clock.now = plusDays(stage.clock.now, days);
    const done = await paying.job(followPayouts);
    await paying.delivered("processor.object_changed", carryOutPayouts);
    await paying.steps();
    return done;
  };

  test("and sent back by the bank without a word is found by a late look", async () => {
    const { id, bankPayoutId } = await paying.paid();
    stage.payoutProcessor.settle(bankPayoutId, "account_closed");
    expect(await lookedAt(8)).toEqual({ looked_at: 1 });
    expect(await paying.read(id)).toMatchObject({ status: "failed", failureCode: "account_closed" });
    await expectCreatorsAgain();
  });

  test("and reversed without a word after the first late look is found by the second", async () => {
    const { id, transferId } = await paying.paid();
    expect(await lookedAt(8)).toEqual({ looked_at: 1 });
    expect((await paying.read(id)).status).toBe("paid");
    stage.payoutProcessor.takeBack(transferId);
    expect(await lookedAt(7)).toEqual({ looked_at: 1 });
    expect((await paying.read(id)).status).toBe("reversed");
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: AMOUNT });
  });

  test("is looked at twice and no more, and is no money on its way", async () => {
    await paying.paid();
    const { unposted } = await stage.ports.ledger.books(stage.clock.now);
    expect(unposted).toEqual([]);
    expect([await lookedAt(6), await lookedAt(2), await lookedAt(7), await lookedAt(30)]).toEqual([
      {},
      { looked_at: 1 },
      { looked_at: 1 },
      {},
    ]);
  });
});
