/** Payouts of a creator who is suspended: nothing new leaves, what has left is followed, and all goes on after the ban. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as followPayouts } from "#lambdas/payouts/follow-payouts";
import { plusDays } from "#shared/domain/kernel/time";
import { loggedLines } from "../../support/gateway.ts";
import type { TestStage } from "../../support/stage.ts";
import { payingStage } from "./paying.ts";

let paying: Awaited<ReturnType<typeof payingStage>>;
let stage: TestStage;
beforeEach(async () => {
  paying = await payingStage();
  ({ stage } = paying);
});

/** Whether it rang, as the job looked a day and more later. */
async function ringsAfter(days: number): Promise<boolean> {
  const lines = loggedLines();
  stage.clock.now = plusDays(stage.clock.now, days);
  await paying.job(followPayouts);
  return lines.some(({ code }) => code === "payout.stuck");
}

describe("of a creator who is suspended", () => {
  test("a payout that was asked for is not begun, and goes on at once after the ban", async () => {
    const id = await paying.requested();
    await paying.suspended();
    await paying.steps();
    expect((await paying.read(id)).status).toBe("requested");
    await expect(paying.ask(1_000)).rejects.toMatchObject({ refusal: { code: "account.suspended" } });
    stage.clock.now = plusDays(stage.clock.now, 20);
    await paying.reinstated();
    expect(stage.payoutProcessor.transfers()).toEqual([]);
    await paying.steps();
    expect((await paying.read(id)).status).toMatch(/submitted|in_transit/);
    await paying.expectWholeBooks();
  });

  test("the bank's payout that follows a transfer is not begun either", async () => {
    const id = await paying.requested();
    await paying.steps();
    await paying.suspended();
    await paying.steps();
    expect((await paying.read(id)).status).toBe("submitted");
    expect(stage.payoutProcessor.bankPayouts()).toEqual([]);
    await paying.reinstated();
    await paying.steps();
    expect((await paying.read(id)).status).toBe("in_transit");
    await paying.expectWholeBooks();
  });

  test("one that was begun and not heard of is found", async () => {
    const id = await paying.requested();
    await paying.steps();
    // Whoever asked died before it was written.
    await stage.payoutProcessor.carryOut({ step: "payout", payout: await paying.read(id), mayBegin: true });
    await paying.suspended();
    await paying.steps();
    expect((await paying.read(id)).status).toBe("in_transit");
  });

  test("a held payout rings nobody, before and just after the ban; then it does like any other", async () => {
    await paying.requested();
    await paying.suspended();
    await paying.steps();
    expect(await ringsAfter(30)).toBe(false);
    await paying.reinstated();
    expect(await ringsAfter(0.5)).toBe(false);
    expect(await ringsAfter(1)).toBe(true);
  });

  test("one that waits at its bank for too long rings all the same", async () => {
    await paying.sent();
    await paying.suspended();
    expect(await ringsAfter(30)).toBe(true);
  });
});
