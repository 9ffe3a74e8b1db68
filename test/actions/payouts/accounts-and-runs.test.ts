/** Accounts that payouts go to, runs that pay everybody, and earnings whose hold is over. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as followPayoutAccounts } from "#lambdas/payouts/follow-payout-accounts";
import { handler as getPayoutAccount } from "#lambdas/payouts/get-payout-account";
import { handler as openPayoutAccountFor } from "#lambdas/payouts/open-payout-account-for";
import { handler as openPayoutAccount } from "#lambdas/payouts/open-payout-account";
import { handler as listPayouts } from "#lambdas/payouts/list-payouts";
import { handler as payOutCreators } from "#lambdas/payouts/pay-out-creators";
import { handler as releaseEarnings } from "#lambdas/payouts/release-earnings";
import { handler as requestPayout } from "#lambdas/payouts/request-payout";
import { handler as runPayouts } from "#lambdas/payouts/run-payouts";
import { handler as startPayoutRun } from "#lambdas/payouts/start-payout-run";
import { plusDays } from "#shared/domain/kernel/time";
import { ADMIN_ID, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { OTHER_CREATOR_ID } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { earned } from "./earned.ts";
import { payingStage } from "./paying.ts";

let paying: Awaited<ReturnType<typeof payingStage>>;
let stage: TestStage;
beforeEach(async () => {
  paying = await payingStage();
  ({ stage } = paying);
});

describe("a payout account", () => {
  test("is opened once, says what is still asked for and where, and is ready once that is given", async () => {
    const opened = await stage.run(openPayoutAccount, { actor: creator() });
    expect(opened).toMatchObject({ status: "onboarding", payoutsEnabled: false });
    expect(opened.onboardingUrl).toMatch(/^https?:/);
    await stage.run(openPayoutAccount, { actor: creator() });
    expect(stage.stored("payoutAccount")).toHaveLength(1);
    await paying.onboarded();
    const ready = await stage.run(getPayoutAccount, { actor: creator() });
    expect(ready).toMatchObject({ status: "active", payoutsEnabled: true });
    expect(ready.onboardingUrl).toBeUndefined();
  });

  test("is opened by an admin for who cannot sign in any more, in their name, and they are paid", async () => {
    const path = { userId: CREATOR_ID };
    const opened = await stage.run(openPayoutAccountFor, { actor: admin(), path });
    expect(opened).toMatchObject({ status: "onboarding", onboardingUrl: expect.stringMatching(/^https?:/) });
    expect(stage.stored("auditEntry").at(-1)).toMatchObject({
      ...{ action: "payout_account.opened", actorId: ADMIN_ID, onBehalfOf: CREATOR_ID },
    });
    // Each link lets whoever has it say where the money goes: it is told who had one, however often they ask.
    const linked = await stage.run(openPayoutAccountFor, { actor: admin(), path });
    expect(linked.onboardingUrl).toBeDefined();
    expect(stage.stored("auditEntry").at(-1)).toMatchObject({
      ...{ action: "payout_account.link_given", actorId: ADMIN_ID, onBehalfOf: CREATOR_ID },
    });
    expect(stage.outbox().filter((type) => type === "payout_account.link_given")).toHaveLength(2);
    await paying.onboarded();
    const again = await stage.run(openPayoutAccountFor, { actor: admin(), path });
    expect(again).toMatchObject({ status: "active", payoutsEnabled: true });
    expect(stage.stored("payoutAccount")).toHaveLength(1);
    const nobody = { userId: OTHER_CREATOR_ID.replace(/.$/, "9") };
    await expect(stage.run(openPayoutAccountFor, { actor: admin(), path: nobody })).rejects.toMatchObject({
      refusal: { code: "user.not_found" },
    });
  });

  test("that nobody sees into any more is told so, paid on no longer, and gives way to another", async () => {
    await paying.ready();
    const gone = (await stage.ports.payoutAccounts.get(CREATOR_ID))?.processorAccountId ?? "";
    stage.connectedAccounts.close(gone);
    const closed = { status: "restricted", payoutsEnabled: false, requirementsDue: [] };
    const seen = await stage.run(getPayoutAccount, { actor: creator() });
    expect(seen).toMatchObject(closed);
    expect(seen.onboardingUrl).toBeUndefined();
    await paying.changed(followPayoutAccounts, {
      objectType: "account",
      objectId: gone,
      connectedAccountId: gone,
    });
    await expect(paying.ask()).rejects.toMatchObject({ refusal: { code: "payout.no_account" } });
    await paying.onboarded();
    expect((await paying.ask()).amount.amount).toBe(20_000);
    expect(stage.stored("payout")).toMatchObject([{ processorAccountId: expect.not.stringMatching(`^${gone}$`) }]);
    expect(stage.stored("payoutAccount")).toHaveLength(1);
  });

  test("that was closed, and that its creator never looks at, is tried once and not every day", async () => {
    const id = await paying.requested();
    const { processorAccountId = "" } = (await stage.ports.payoutAccounts.get(CREATOR_ID)) ?? {};
    stage.connectedAccounts.close(processorAccountId);
    stage.payoutProcessor.carryOut = () => Promise.resolve({ is: "refused", code: "account_invalid" });
    await paying.steps();
    expect((await paying.read(id)).status).toBe("failed");
    await paying.delivered("payout.failed", followPayoutAccounts);
    expect(await stage.ports.payoutAccounts.get(CREATOR_ID)).toMatchObject({
      status: "restricted",
      payoutsEnabled: false,
    });
    stage.clock.now = plusDays(stage.clock.now, 1);
    expect(await paying.job(runPayouts)).toEqual({});
    await paying.expectWholeBooks();
  });

  test("without a bank for the wallet's currency is said to be, and nothing is sent there", async () => {
    await paying.ready();
    const { processorAccountId = "" } = (await stage.ports.payoutAccounts.get(CREATOR_ID)) ?? {};
    stage.connectedAccounts.bankIn(processorAccountId, ["EUR"]);
    expect(await stage.run(getPayoutAccount, { actor: creator() })).toMatchObject({ currencies: ["EUR"] });
    await expect(paying.ask()).rejects.toMatchObject({ refusal: { code: "wallet.currency_mismatch" } });
    expect(await paying.job(runPayouts)).toEqual({});
    stage.connectedAccounts.bankIn(processorAccountId, ["EUR", "USD"]);
    await stage.run(getPayoutAccount, { actor: creator() });
    expect(await paying.job(runPayouts)).toEqual({ requested: 1 });
  });

  test("that was never opened is not there", async () => {
    await expect(stage.run(getPayoutAccount, { actor: creator() })).rejects.toMatchObject({
      refusal: { code: "payout_account.not_found" },
    });
  });

  test("of somebody else's platform is nobody's", async () => {
    const detail = { objectType: "payout" as const, objectId: "po_unknown", connectedAccountId: "acct_x" };
    await paying.changed(followPayoutAccounts, detail);
    expect(stage.stored("payoutAccount")).toEqual([]);
  });
});

describe("everybody is paid", () => {
  test("by an admin's run, once, however often it is delivered", async () => {
    await paying.ready();
    expect(await stage.run(startPayoutRun, { actor: admin() })).toMatchObject({ queued: 1 });
    await paying.delivered("payout.run_due", payOutCreators);
    await paying.delivered("payout.run_due", payOutCreators);
    expect(stage.stored("payout")).toMatchObject([{ runId: expect.stringMatching(/^run_/), creatorId: CREATOR_ID }]);
    expect(stage.stored("payoutRun")).toMatchObject([{ startedBy: ADMIN_ID, queued: 1 }]);
    expect(await stage.run(startPayoutRun, { actor: admin() })).toMatchObject({ queued: 0 });
  });

  test("and sees the newest payout first, whoever asked for it", async () => {
    await earned(stage, 40_000);
    await paying.onboarded();
    const first = await paying.ask(10_000);
    stage.clock.now = plusDays(stage.clock.now, 1);
    await stage.run(startPayoutRun, { actor: admin() });
    await paying.delivered("payout.run_due", payOutCreators);
    stage.clock.now = plusDays(stage.clock.now, 1);
    await earned(stage, 5_000);
    const last = await paying.ask();
    const { items } = await stage.run(listPayouts, { actor: creator() });
    expect(items.map(({ amount }) => amount.amount)).toEqual([5_000, 30_000, 10_000]);
    expect([items[0]?.id, items[2]?.id]).toEqual([last.id, first.id]);
  });

  test("every day; who cannot be is passed over, and nothing is half-done", async () => {
    await paying.ready();
    await earned(stage, 20_000, OTHER_CREATOR_ID);
    expect(await paying.job(runPayouts)).toEqual({ requested: 1 });
    expect(await paying.job(runPayouts)).toEqual({});
    expect(stage.stored("payout")).toMatchObject([{ creatorId: CREATOR_ID }]);
    await paying.expectWholeBooks();
  });
});

describe("earnings on hold", () => {
  test("mature when their time has come, once, and not while their creator is suspended", async () => {
    await earned(stage, 20_000, CREATOR_ID, 7);
    expect(await paying.job(releaseEarnings)).toEqual({});
    stage.clock.now = "2026-12-03T12:00:00.000Z";
    await paying.suspended();
    expect(await paying.job(releaseEarnings)).toEqual({});
    await paying.reinstated();
    expect(await paying.job(releaseEarnings)).toEqual({ released: 1 });
    expect(await paying.job(releaseEarnings)).toEqual({});
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 0, payable: 20_000 });
    expect(stage.outbox()).toContain("earning.available");
    await paying.expectWholeBooks();
  });
});

test("a brand has no payouts: its money goes back by a refund", async () => {
  expect(requestPayout.contract.roles).toEqual(["creator"]);
  expect(await stage.walletOf(BRAND_ID)).toMatchObject({ payable: 0 });
});
