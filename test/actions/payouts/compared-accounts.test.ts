/** The night's look at creators' accounts: what stands there is what our payouts have there, to the cent. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as carryOutPayouts } from "#lambdas/payouts/carry-out-payouts";
import { handler as comparePayoutAccounts } from "#lambdas/payouts/compare-payout-accounts";
import { CREATOR_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import type { TestStage } from "../../support/stage.ts";
import { payingStage } from "./paying.ts";

let paying: Awaited<ReturnType<typeof payingStage>>;
let stage: TestStage;
beforeEach(async () => {
  paying = await payingStage();
  ({ stage } = paying);
});
const compared = () => paying.job(comparePayoutAccounts);

test("nothing under way is nobody's account", async () => {
  expect(await compared()).toEqual({});
  await paying.paid();
  expect(await compared()).toEqual({});
});

test("an account agrees at each step, and is not judged where a transfer may be under way", async () => {
  await paying.requested();
  expect(await compared()).toEqual({ in_motion: 1 });
  for (let step = 0; step < 2; step += 1) {
    await paying.steps();
    expect(await compared()).toEqual({ agrees: 1 });
  }
  stage.payoutProcessor.heldOn = () => Promise.resolve(undefined);
  expect(await compared()).toEqual({ out_of_sight: 1 });
});

test.each([1, -1])("an account that holds %d cent less is named, with what it should hold", async (owed) => {
  await paying.requested();
  await paying.steps();
  stage.payoutProcessor.owe("USD", owed);
  const lines = loggedLines();
  expect(await compared()).toEqual({ differs: 1 });
  expect(lines).toMatchObject([
    { code: "payout_account.differs", creatorId: CREATOR_ID, expectedMinor: 20_000, heldMinor: 20_000 - owed },
  ]);
  // Of a payout that is under way there it says nothing: it is not the one that differs.
  expect(Object.keys(lines[0] ?? {}).sort()).toEqual([
    "code",
    "creatorId",
    "expectedMinor",
    "heldMinor",
    "is",
    "level",
    "processorAccountId",
    "timestamp",
  ]);
});

test("a payout that moves while the processor is asked leaves its account to the next night", async () => {
  await paying.requested();
  await paying.steps();
  const { heldOn } = stage.payoutProcessor;
  stage.payoutProcessor.heldOn = async (accountId) => {
    const held = await heldOn(accountId);
    await paying.steps();
    return held;
  };
  expect(await compared()).toEqual({ in_motion: 1 });
});

test("what was reversed by hand is expected to be missing, once it was heard of, until it is made up for", async () => {
  await paying.ready();
  for (const amount of [12_000, 8_000]) await paying.ask(amount);
  await paying.steps();
  const [first] = stage.payoutProcessor.transfers();
  // Both have left for the bank, and the first one's transfer is then reversed.
  await paying.steps();
  stage.payoutProcessor.takeBack(first?.id ?? "", 5_000);
  expect(await compared()).toEqual({ differs: 1 });
  await paying.told("transfer", first?.id ?? "");
  expect(await compared()).toEqual({ agrees: 1 });
  // The bank sends the second one back: of its 8,000 it brings home what is there.
  const second = stage.payoutProcessor.bankPayouts().find(({ amount }) => amount === 8_000)?.id ?? "";
  stage.payoutProcessor.settle(second, "account_closed");
  await paying.told("payout", second);
  expect(await compared()).toEqual({ agrees: 1 });
  for (let time = 0; time < 2; time += 1) await paying.delivered("payout.step_due", carryOutPayouts);
  expect(await compared()).toEqual({ agrees: 1 });
  const arriving = stage.payoutProcessor.bankPayouts().find(({ amount }) => amount === 12_000)?.id ?? "";
  stage.payoutProcessor.settle(arriving);
  await paying.told("payout", arriving);
  await paying.expectBooksAgree();
});
