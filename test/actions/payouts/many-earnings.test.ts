/** Creators who have earned with more units than one payout holds. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as payOutCreators } from "#lambdas/payouts/pay-out-creators";
import { handler as runPayouts } from "#lambdas/payouts/run-payouts";
import { handler as startPayoutRun } from "#lambdas/payouts/start-payout-run";
import { Payout } from "#shared/domain/payouts/payout";
import { MOST_EARNINGS } from "#shared/domain/payouts/request-payout";
import { CREATOR_ID } from "../../support/builders.ts";
import { anEarning, aWallet } from "../../support/money-builders.ts";
import { admin, type TestStage } from "../../support/stage.ts";
import { payingStage } from "./paying.ts";

const EACH = 500;
const COUNT = 2 * MOST_EARNINGS + 5;
let paying: Awaited<ReturnType<typeof payingStage>>;
let stage: TestStage;
beforeEach(async () => {
  paying = await payingStage();
  ({ stage } = paying);
  await stage.given("wallet", aWallet({ userId: CREATOR_ID, payable: COUNT * EACH }));
  for (let nth = 0; nth < COUNT; nth += 1) {
    const amount = { amount: EACH, currency: "USD" } as const;
    await stage.given("earning", anEarning({ id: stage.newId("earning"), creatorId: CREATOR_ID, amount }));
  }
  await paying.onboarded();
});

const amounts = (): number[] => stage.stored("payout").map((item) => Payout.parse(item).amount.amount);

test("are paid all of it by an admin's run, and once, however often it is delivered", async () => {
  await stage.run(startPayoutRun, { actor: admin() });
  await paying.delivered("payout.run_due", payOutCreators);
  await paying.delivered("payout.run_due", payOutCreators);
  expect(amounts().sort((a, b) => b - a)).toEqual([60 * EACH, 60 * EACH, 5 * EACH]);
  expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 0, inFlight: COUNT * EACH });
});

test("are paid all of it in a day", async () => {
  await paying.job(runPayouts);
  await paying.job(runPayouts);
  expect(amounts().reduce((sum, one) => sum + one, 0)).toBe(COUNT * EACH);
});
