/** Creators get their money: from a settled unit over its hold and a request to their bank, whatever goes wrong on the way. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as carryOutPayouts } from "#lambdas/payouts/carry-out-payouts";
import { handler as followPayoutAccounts } from "#lambdas/payouts/follow-payout-accounts";
import { handler as followPayouts } from "#lambdas/payouts/follow-payouts";
import { handler as getPayout } from "#lambdas/payouts/get-payout";
import { handler as getPayoutAccount } from "#lambdas/payouts/get-payout-account";
import { handler as listPayouts } from "#lambdas/payouts/list-payouts";
import { handler as openPayoutAccount } from "#lambdas/payouts/open-payout-account";
import { handler as payOutCreators } from "#lambdas/payouts/pay-out-creators";
import { handler as releaseEarnings } from "#lambdas/payouts/release-earnings";
import { handler as requestPayout } from "#lambdas/payouts/request-payout";
import { handler as runPayouts } from "#lambdas/payouts/run-payouts";
import { handler as startPayoutRun } from "#lambdas/payouts/start-payout-run";
import type { DeliveredEvent, EventDetail, EventType } from "#shared/domain/events/events";
import { systemActor } from "#shared/domain/kernel/actor";
import { Earning } from "#shared/domain/wallets/earning";
import type { Payout } from "#shared/domain/payouts/payout";
import { eachOf } from "#shared/runtime/implement-job";
import { untilDecided } from "#shared/runtime/until-decided";
import { ADMIN_ID, BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { brokenInvariants, OTHER_CREATOR_ID, peopled } from "../../support/launched.ts";
import { admin, creator, type TestStage } from "../../support/stage.ts";
import { earned } from "./earned.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
  stage.payoutProcessor.fund("USD", 100_000);
});

const occasion = () => ({
  actor: systemActor("test"),
  now: stage.clock.now,
  requestId: "r",
  newId: stage.newId,
});

/** Every event of a type that is in the outbox, delivered once more: consumers are safe to repeat. */
async function delivered<T extends EventType>(
  type: T,
  handler: {
    readonly contract: { readonly uses: readonly never[] };
    readonly run: (invocation: never, event: never, ports: never) => Promise<void>;
  },
): Promise<void> {
  const events = stage.stored("outboxEvent").filter((item) => item["type"] === type) as unknown as DeliveredEvent<T>[];
  for (const event of events) await told(handler, event);
}
type Handler = Parameters<typeof delivered>[1];
const consumer = (handler: unknown): Handler => handler as Handler;
const told = (handler: Handler, event: unknown): Promise<void> =>
  untilDecided(() =>
    handler.run(occasion() as never, event as never, stage.granted(handler.contract.uses, occasion()) as never),
  );
const changed = (handler: unknown, detail: EventDetail<"processor.object_changed">) =>
  told(consumer(handler), { id: "evt", type: "processor.object_changed", at: stage.clock.now, requestId: "r", detail });

async function job(handler: unknown): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const { contract, run } = handler as {
    readonly contract: { readonly uses: readonly never[] };
    readonly run: (invocation: unknown, ports: unknown, each: unknown) => Promise<void>;
  };
  await run(occasion(), stage.granted(contract.uses, occasion()), eachOf("release-earnings", counts));
  return counts;
}

const steps = () => delivered("payout.step_due", consumer(carryOutPayouts));
const onboarded = async (userId = CREATOR_ID) => {
  await stage.run(openPayoutAccount, { actor: creator(userId) });
  const { processorAccountId = "" } = (await stage.ports.payoutAccounts.get(userId)) ?? {};
  stage.connectedAccounts.onboard(processorAccountId);
  await changed(followPayoutAccounts, {
    objectType: "account",
    objectId: processorAccountId,
    connectedAccountId: processorAccountId,
  });
  return processorAccountId;
};
const ask = (amount?: number, userId = CREATOR_ID) =>
  stage.run(requestPayout, {
    actor: creator(userId),
    body: amount === undefined ? {} : { amount: { amount, currency: "USD" } },
  });
const read = (id: string): Promise<Payout> =>
  stage.run(getPayout, { actor: creator(), path: { payoutId: id } }) as Promise<Payout>;
const earnings = () => stage.stored("earning").map((item) => Earning.parse(item));
/** What the books say stands where, and what really does. */
async function expectWholeBooks(): Promise<void> {
  expect(await brokenInvariants(stage)).toEqual([]);
}

describe("a payout account", () => {
  test("is opened once, says what is still asked for and where, and is ready once that is given", async () => {
    const opened = await stage.run(openPayoutAccount, { actor: creator() });
    expect(opened).toMatchObject({ status: "onboarding", payoutsEnabled: false });
    expect(opened.onboardingUrl).toMatch(/^https?:/);
    await stage.run(openPayoutAccount, { actor: creator() });
    expect(stage.stored("payoutAccount")).toHaveLength(1);
    await onboarded();
    const ready = await stage.run(getPayoutAccount, { actor: creator() });
    expect(ready).toMatchObject({ status: "active", payoutsEnabled: true });
    expect(ready.onboardingUrl).toBeUndefined();
  });

  test("that was never opened is not there", async () => {
    await expect(stage.run(getPayoutAccount, { actor: creator() })).rejects.toMatchObject({
      refusal: { code: "payout_account.not_found" },
    });
  });

  test("of somebody else's platform is nobody's", async () => {
    const detail = { objectType: "payout" as const, objectId: "po_unknown", connectedAccountId: "acct_x" };
    await changed(followPayoutAccounts, detail);
    expect(stage.stored("payoutAccount")).toEqual([]);
  });
});

describe("a payout", () => {
  test("goes from a settled unit to the bank, and the books are whole at every step", async () => {
    await earned(stage, 20_000);
    await onboarded();
    const { id, status } = await ask();
    expect(status).toBe("requested");
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 0, inFlight: 20_000 });
    await expectWholeBooks();
    await steps();
    expect((await read(id)).status).toBe("submitted");
    await steps();
    expect((await read(id)).status).toBe("in_transit");
    const [atBank] = stage.payoutProcessor.bankPayouts();
    stage.payoutProcessor.settle(atBank?.id ?? "");
    await changed(carryOutPayouts, { objectType: "payout", objectId: atBank?.id ?? "", connectedAccountId: "acct" });
    expect(await read(id)).toMatchObject({ status: "paid", paidAt: expect.any(String) });
    expect(earnings()).toMatchObject([{ status: "paid", paidMinor: 20_000 }]);
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ available: 0, inFlight: 0 });
    expect(stage.payoutProcessor.transfers()).toHaveLength(1);
    await expectWholeBooks();
  });

  test("of part of an earning leaves the rest to be paid out later", async () => {
    await earned(stage, 20_000);
    await onboarded();
    await ask(12_000);
    expect(earnings()).toMatchObject([{ allocatedMinor: 12_000, status: "available" }]);
    const { amount } = await ask();
    expect(amount.amount).toBe(8_000);
    await expect(ask(1_000)).rejects.toMatchObject({ refusal: { code: "payout.exceeds_available" } });
    await expectWholeBooks();
  });

  test("asked for ten times at once takes the money once", async () => {
    await earned(stage, 20_000);
    await onboarded();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => ask(20_000)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(stage.stored("payout")).toHaveLength(1);
    await expectWholeBooks();
  });

  test("without an account that is ready is refused with what the processor asks for", async () => {
    await earned(stage, 20_000);
    await expect(ask()).rejects.toMatchObject({ refusal: { code: "payout.no_account" } });
    await stage.run(openPayoutAccount, { actor: creator() });
    await expect(ask()).rejects.toThrow("still asks for");
  });

  test("that the bank sends back is taken back, and can be asked for again", async () => {
    await earned(stage, 20_000);
    await onboarded();
    const { id } = await ask();
    for (let step = 0; step < 2; step += 1) await steps();
    const [atBank] = stage.payoutProcessor.bankPayouts();
    stage.payoutProcessor.settle(atBank?.id ?? "", "account_closed");
    for (let step = 0; step < 3; step += 1) await steps();
    expect(await read(id)).toMatchObject({ status: "failed", failureCode: "account_closed" });
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 20_000, inFlight: 0 });
    expect(stage.payoutProcessor.held("USD")).toBe(100_000);
    await expectWholeBooks();
    expect((await ask()).amount.amount).toBe(20_000);
  });

  test("that the house cannot cover is failed, and the money is the creator's again", async () => {
    await earned(stage, 20_000);
    await onboarded();
    stage.payoutProcessor.fund("USD", -99_000);
    const { id } = await ask();
    await steps();
    expect(await read(id)).toMatchObject({ status: "failed", failureCode: "balance_insufficient" });
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 20_000 });
  });

  test("about which nobody answers is unknown, and found out later: never sent twice", async () => {
    await earned(stage, 20_000);
    await onboarded();
    const { id } = await ask();
    stage.payoutProcessor.disturb((step) => (step === "transfer" ? "lost_after" : undefined));
    await steps();
    expect((await read(id)).status).toBe("unknown");
    stage.payoutProcessor.disturb(() => undefined);
    stage.clock.now = "2026-11-27T12:00:00.000Z";
    expect(await job(followPayouts)).toEqual({ looked_at: 1 });
    await steps();
    expect((await read(id)).status).toMatch(/submitted|in_transit/);
    expect(stage.payoutProcessor.transfers()).toHaveLength(1);
    await expectWholeBooks();
  });

  test("of somebody who is suspended waits until the ban has ended", async () => {
    await earned(stage, 20_000);
    await onboarded();
    const { id } = await ask();
    const wallet = await stage.ports.wallets.get(CREATOR_ID);
    if (wallet === undefined) throw new Error("no wallet");
    await stage.given("wallet", { ...wallet, ownerStatus: "suspended" });
    await steps();
    expect((await read(id)).status).toBe("requested");
    await expect(ask(1_000)).rejects.toMatchObject({ refusal: { code: "account.suspended" } });
    await stage.given("wallet", { ...wallet, ownerStatus: "active" });
    await steps();
    expect((await read(id)).status).toBe("submitted");
  });

  test("that the processor takes back after it was paid is reversed, and the money is the creator's again", async () => {
    await earned(stage, 20_000);
    await onboarded();
    const { id } = await ask();
    for (let step = 0; step < 2; step += 1) await steps();
    const [atBank] = stage.payoutProcessor.bankPayouts();
    stage.payoutProcessor.settle(atBank?.id ?? "");
    await steps();
    expect((await read(id)).status).toBe("paid");
    const [transfer] = stage.payoutProcessor.transfers();
    stage.payoutProcessor.takeBack(transfer?.id ?? "");
    const detail = { objectType: "transfer" as const, objectId: transfer?.id ?? "", connectedAccountId: null };
    await changed(carryOutPayouts, detail);
    await changed(carryOutPayouts, detail);
    expect((await read(id)).status).toBe("reversed");
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ payable: 20_000 });
    await expectWholeBooks();
  });

  test("is for its creator and admins; the list is the creator's own", async () => {
    await earned(stage, 20_000);
    await onboarded();
    const { id } = await ask();
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

describe("everybody is paid", () => {
  test("by an admin's run, once, however often it is delivered", async () => {
    await earned(stage, 20_000);
    await onboarded();
    expect(await stage.run(startPayoutRun, { actor: admin() })).toMatchObject({ queued: 1 });
    await delivered("payout.run_due", consumer(payOutCreators));
    await delivered("payout.run_due", consumer(payOutCreators));
    expect(stage.stored("payout")).toMatchObject([{ runId: expect.stringMatching(/^run_/), creatorId: CREATOR_ID }]);
    expect(stage.stored("payoutRun")).toMatchObject([{ startedBy: ADMIN_ID, queued: 1 }]);
    expect(await stage.run(startPayoutRun, { actor: admin() })).toMatchObject({ queued: 0 });
  });

  test("every day; who cannot be is passed over, and nothing is half-done", async () => {
    await earned(stage, 20_000);
    await earned(stage, 20_000, OTHER_CREATOR_ID);
    await onboarded();
    expect(await job(runPayouts)).toEqual({ requested: 1 });
    expect(await job(runPayouts)).toEqual({});
    expect(stage.stored("payout")).toMatchObject([{ creatorId: CREATOR_ID }]);
    await expectWholeBooks();
  });
});

describe("earnings on hold", () => {
  test("mature when their time has come, once, and not while their creator is suspended", async () => {
    await earned(stage, 20_000, CREATOR_ID, 7);
    expect(await job(releaseEarnings)).toEqual({});
    stage.clock.now = "2026-12-03T12:00:00.000Z";
    const wallet = await stage.ports.wallets.get(CREATOR_ID);
    if (wallet === undefined) throw new Error("no wallet");
    await stage.given("wallet", { ...wallet, ownerStatus: "suspended" });
    expect(await job(releaseEarnings)).toEqual({});
    await stage.given("wallet", wallet);
    expect(await job(releaseEarnings)).toEqual({ released: 1 });
    expect(await job(releaseEarnings)).toEqual({});
    expect(await stage.walletOf(CREATOR_ID)).toMatchObject({ pending: 0, payable: 20_000 });
    expect(stage.outbox()).toContain("earning.available");
    await expectWholeBooks();
  });
});

test("a brand has no payouts: its money goes back by a refund", async () => {
  expect(requestPayout.contract.roles).toEqual(["creator"]);
  expect(await stage.walletOf(BRAND_ID)).toMatchObject({ payable: 0 });
});
