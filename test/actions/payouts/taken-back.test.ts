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
  test("and whose transfer is taken back although its bank has the money stays paid, and the books have it back, once", async () => {
    const { id, transferId } = await paying.paid();
    const lines = loggedLines();
    for (const part of [5_000, 7_500]) {
      stage.payoutProcessor.takeBack(transferId, part);
      for (let time = 0; time < 2; time += 1) await paying.told("transfer", transferId);
      await paying.delivered("processor.object_changed", carryOutPayouts);
    }
    expect(await paying.read(id)).toMatchObject({ status: "paid", reversedMinor: 12_500 });
    expect(lines.map(({ code, payoutId }) => [code, payoutId])).toEqual([
      ["payout.transfer_reversed", id],
      ["payout.transfer_reversed", id],
    ]);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 0, inFlight: 0 });
    await paying.expectBooksAgree();
  });

  test("sent back by its bank and taken back whole by hand is reversed, whichever is heard first", async () => {
    const { id, transferId, bankPayoutId } = await paying.paid();
    stage.payoutProcessor.settle(bankPayoutId, "account_closed");
    stage.payoutProcessor.takeBack(transferId);
    await paying.told("transfer", transferId);
    // That asks about the payout at the bank.
    await paying.delivered("processor.object_changed", carryOutPayouts);
    await paying.steps();
    expect(await paying.read(id)).toMatchObject({ status: "reversed", failureCode: "account_closed" });
    await expectCreatorsAgain();
  });

  test("stays as it is when another transfer or bank payout that names it comes back", async () => {
    const { id, transferId, bankPayoutId } = await paying.paid();
    const { whatChanged } = stage.payoutProcessor;
    stage.payoutProcessor.whatChanged = async (of) => ({
      ...(await whatChanged({ ...of, objectId: of.objectType === "transfer" ? transferId : bankPayoutId })),
      payoutId: id,
      objectId: of.objectId,
      ...(of.objectType === "transfer"
        ? { reversed: { id: "trr_by_hand", amountMinor: AMOUNT } }
        : { failureCode: "account_closed" }),
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
    expect(await paying.read(id)).toMatchObject({ status: "paid", reversedMinor: AMOUNT });
    await paying.expectBooksAgree();
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

describe("a transfer that is reversed between the look at it and its bank payout", () => {
  /** Two payouts of one creator, both on the account; of the first one's transfer so much is taken back at that moment. */
  const caught = async (taken: number) => {
    await paying.ready();
    const [one, two] = [(await paying.ask(12_000)).id, (await paying.ask(8_000)).id];
    await paying.steps();
    let isOver = false;
    stage.payoutProcessor.disturb((step) => {
      const first = stage.payoutProcessor.transfers().find(({ payoutId }) => payoutId === one);
      if (step === "payout" && !isOver && first) stage.payoutProcessor.takeBack(first.id, taken);
      isOver ||= step === "payout";
      return undefined;
    });
    return { one, two };
  };
  const days = async (count: number): Promise<void> => {
    for (let day = 0; day < count; day += 1) {
      for (let round = 0; round < 3; round += 1) {
        await paying.steps();
        await paying.delivered("processor.object_changed", carryOutPayouts);
      }
      for (const { id, status } of stage.payoutProcessor.bankPayouts())
        if (status === "pending") stage.payoutProcessor.settle(id);
      stage.clock.now = plusDays(stage.clock.now, 1);
      await paying.job(followPayouts);
    }
  };

  test.each([5_000, 8_000])(
    "takes %d of another payout's money: it is said, and that one's creator can be paid all the same",
    async (taken) => {
      const lines = loggedLines();
      const { one, two } = await caught(taken);
      await days(4);
      expect(await paying.read(one)).toMatchObject({ status: "paid", reversedMinor: taken });
      expect(await paying.read(two)).toMatchObject({ status: "failed", failureCode: "balance_insufficient" });
      expect(lines.map(({ code, payoutId }) => [code, payoutId])).toEqual([["payout.transfer_reversed", one]]);
      expect(stage.payoutProcessor.heldByCreators("USD")).toBe(0);
      await paying.expectBooksAgree();
      expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 8_000, inFlight: 0 });

      const again = await paying.ask();
      expect(again.amount.amount).toBe(8_000);
      await days(2);
      expect((await paying.read(again.id)).status).toBe("paid");
      const arrived = stage.payoutProcessor.bankPayouts().map(({ amount }) => amount);
      expect(arrived).toEqual([12_000, 8_000]);
      // What was reversed by hand is with the house no longer: the creator has all of it.
      expect(stage.payoutProcessor.held("USD")).toBe(FUNDED - 20_000);
      await paying.expectBooksAgree();
    },
  );

  test("leaves what its bank sends back later on the account, from where an admin takes it by hand", async () => {
    const { one, two } = await caught(5_000);
    await days(4);
    const bankPayoutId = stage.payoutProcessor.bankPayouts()[0]?.id ?? "";
    stage.payoutProcessor.settle(bankPayoutId, "account_closed");
    await paying.told("payout", bankPayoutId);
    await paying.steps();
    expect((await paying.read(one)).status).toBe("failed");
    expect(stage.payoutProcessor.heldByCreators("USD")).toBe(5_000);
    await paying.expectBooksAgree();
    const transferId = stage.payoutProcessor.transfers().find(({ payoutId }) => payoutId === two)?.id ?? "";
    stage.payoutProcessor.takeBack(transferId);
    await paying.told("transfer", transferId);
    await expectCreatorsAgain();
  });

  test("may be followed by the hand that takes what another one left for it: that, too, is made up for", async () => {
    const { two } = await caught(5_000);
    await days(4);
    const three = (await paying.ask()).id;
    await paying.steps();
    const transferId = stage.payoutProcessor.transfers().find(({ payoutId }) => payoutId === two)?.id ?? "";
    // Of the third one's money: there is no other.
    stage.payoutProcessor.takeBack(transferId);
    await paying.told("transfer", transferId);
    await days(2);
    expect(await paying.read(three)).toMatchObject({ status: "failed", failureCode: "balance_insufficient" });
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 8_000, inFlight: 0 });
    expect(stage.payoutProcessor.held("USD")).toBe(FUNDED - 12_000);
    await paying.expectBooksAgree();
  });
});
