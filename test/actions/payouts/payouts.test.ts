/** A payout on its way to the bank, whatever goes wrong with it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as followPayouts } from "#lambdas/payouts/follow-payouts";
import { handler as getPayout } from "#lambdas/payouts/get-payout";
import { handler as listPayouts } from "#lambdas/payouts/list-payouts";
import { handler as openPayoutAccount } from "#lambdas/payouts/open-payout-account";
import { CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { earned } from "./earned.ts";
import { FUNDED, payingStage } from "./paying.ts";

let paying: Awaited<ReturnType<typeof payingStage>>;
let stage: TestStage;
beforeEach(async () => {
  paying = await payingStage();
  ({ stage } = paying);
});

describe("a payout", () => {
  test("goes from a settled unit to the bank, and the books are whole at every step", async () => {
    const id = await paying.requested();
    expect((await paying.read(id)).status).toBe("requested");
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 0, inFlight: 20_000 });
    await paying.expectWholeBooks();
    await paying.steps();
    expect((await paying.read(id)).status).toBe("submitted");
    await paying.steps();
    expect((await paying.read(id)).status).toBe("in_transit");
    const bankPayoutId = stage.payoutProcessor.bankPayouts()[0]?.id ?? "";
    stage.payoutProcessor.settle(bankPayoutId);
    await paying.told("payout", bankPayoutId);
    expect(await paying.read(id)).toMatchObject({ status: "paid", paidAt: expect.any(String) });
    expect(paying.earnings()).toMatchObject([{ status: "paid", paidMinor: 20_000 }]);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ available: 0, inFlight: 0 });
    expect(stage.payoutProcessor.transfers()).toHaveLength(1);
    await paying.expectWholeBooks();
  });

  test("of part of an earning leaves the rest to be paid out later", async () => {
    await paying.ready();
    await paying.ask(12_000);
    expect(paying.earnings()).toMatchObject([{ allocatedMinor: 12_000, status: "available" }]);
    const { amount } = await paying.ask();
    expect(amount.amount).toBe(8_000);
    await expect(paying.ask(1_000)).rejects.toMatchObject({ refusal: { code: "payout.exceeds_available" } });
    await paying.expectWholeBooks();
  });

  test("asked for ten times at once takes the money once", async () => {
    await paying.ready();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => paying.ask(20_000)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(stage.stored("payout")).toHaveLength(1);
    await paying.expectWholeBooks();
  });

  test("without an account that is ready is refused with what the processor asks for", async () => {
    await earned(stage, 20_000);
    await expect(paying.ask()).rejects.toMatchObject({ refusal: { code: "payout.no_account" } });
    await stage.run(openPayoutAccount, { actor: creator() });
    await expect(paying.ask()).rejects.toThrow("still asks for");
  });

  test("that the house cannot cover is failed, and the money is the creator's again", async () => {
    const id = await paying.requested();
    stage.payoutProcessor.fund("USD", 1_000 - FUNDED);
    await paying.steps();
    expect(await paying.read(id)).toMatchObject({ status: "failed", failureCode: "balance_insufficient" });
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 20_000 });
  });

  test("about which nobody answers is unknown, and found out later: never sent twice", async () => {
    const id = await paying.requested();
    stage.payoutProcessor.disturb((step) => (step === "transfer" ? "lost_after" : undefined));
    await paying.steps();
    expect((await paying.read(id)).status).toBe("unknown");
    stage.payoutProcessor.disturb(() => undefined);
    stage.clock.now = "2026-11-27T12:00:00.000Z";
    expect(await paying.job(followPayouts)).toEqual({ looked_at: 1 });
    await paying.steps();
    expect((await paying.read(id)).status).toMatch(/submitted|in_transit/);
    expect(stage.payoutProcessor.transfers()).toHaveLength(1);
    await paying.expectWholeBooks();
  });

  test("is for its creator and admins; the list is the creator's own", async () => {
    const id = await paying.requested();
    const path = { payoutId: id };
    expect(await stage.run(getPayout, { actor: admin(), path })).toMatchObject({ id });
    const other = creator(OTHER_CREATOR_ID);
    await expect(stage.run(getPayout, { actor: other, path })).rejects.toMatchObject({
      refusal: { code: "payout.not_found" },
    });
    expect((await stage.run(listPayouts, { actor: creator() })).items.map((one) => one.id)).toEqual([id]);
    expect((await stage.run(listPayouts, { actor: other })).items).toEqual([]);
  });
});
