/** Somebody refunds a brand's deposit in the processor's dashboard: the brand has less, or owes it, on the processor's word. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as proveLedger } from "#lambdas/ledger/prove-ledger";
import { handler as sweepRefunds } from "#lambdas/refunds/sweep-refunds";
import { plusDays } from "#shared/domain/kernel/time";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { BRAND_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import { admin } from "../../support/stage.ts";
import { ran, refused } from "../deposits/depositing.ts";
import { differencesOn, nightAfter } from "../reconciliations/comparing.ts";
import { type Refunding, refunding } from "./refunding.ts";

const START = "2026-11-25T12:00:00.000Z";
let world: Refunding;
beforeEach(async () => {
  world = await refunding(5_000);
});

const deposit = () => world.deposits[0] ?? { id: "", paymentIntentId: "" };
let events = 0;
/** What the processor tells of a refund: that it is there, that it changed, and all of it twice. */
const told = async (refundId: string): Promise<void> => {
  const { paymentIntentId } = deposit();
  for (const type of ["refund.created", "charge.refunded", "refund.updated", "refund.created"])
    await world.deliver(
      world.stage.payments.webhook(refundId, `evt_${(events += 1)}`, type, { paymentIntentId, objectType: "refund" }),
    );
};
const byHand = async (amount: number): Promise<string> => {
  const id = world.stage.payments.refundByHand(deposit().paymentIntentId, amount);
  await told(id);
  return id;
};
const refunds = async () => (await world.list()).items;
const linesOf = (key: string) =>
  world.stage
    .stored("journalEntry")
    .map((item) => JournalEntry.parse(item))
    .filter((one) => one.key === key)
    .map(({ lines }) => Object.fromEntries(lines.map(({ account, amount }) => [account.account, amount])));
/** Somebody pays this much out of the wallet. */
const spent = async (amount: number) => {
  const wallet = await world.stage.ports.wallets.get(BRAND_ID);
  if (wallet) await world.stage.given("wallet", { ...wallet, available: wallet.available - amount });
};
const broken = async () => {
  const { invariants } = await world.stage.run(proveLedger, { actor: admin() });
  return invariants.filter(({ passed }) => !passed).map(({ id }) => id);
};

test("it is the brand's refund, once: it can spend less, and the books and the day agree", async () => {
  const id = await byHand(2_000);
  expect(await world.figures()).toEqual([3_000, 0, 0]);
  expect(await refunds()).toMatchObject([
    {
      status: "succeeded",
      amount: { amount: 2_000 },
      refunded: { amount: 2_000 },
      parts: [{ depositId: deposit().id }],
    },
  ]);
  expect(linesOf(`refund:${id}`)).toEqual([{ available: -2_000, stripe_balance: 2_000 }]);
  expect(world.stage.stored("outboxEvent").filter(({ type }) => type === "refund.succeeded")).toHaveLength(1);
  expect(await broken()).toEqual([]);
  await nightAfter(world.stage, START, 1);
  expect(differencesOn(world.stage)).toEqual([]);
  await expect(world.request(3_001)).rejects.toEqual(refused("wallet.insufficient_funds"));
  await world.request(3_000);
});

test("what the brand has spent it owes, and the next deposit pays it", async () => {
  await spent(4_000);
  const id = await byHand(5_000);
  expect(await world.figures()).toEqual([0, 0, 4_000]);
  expect(linesOf(`refund:${id}`)).toEqual([{ available: -1_000, disputesReceivable: -4_000, stripe_balance: 5_000 }]);
  const next = await world.begin({ amount: 6_000, currency: "USD" }, "key-next");
  world.stage.payments.pay(next.paymentIntentId);
  await world.confirm(next.id);
  expect(await world.figures()).toEqual([2_000, 0, 0]);
});

const leftBy = () => world.stage.payments.movements().filter(({ type }) => type === "refund").length;

test("while its bank has it, it is submitted; the sweep asks how it ends, and nobody ever makes another", async () => {
  world.stage.payments.answerRefunds("pending");
  const id = await byHand(2_000);
  expect([await world.figures(), (await refunds())[0]?.status]).toEqual([[3_000, 0, 0], "submitted"]);
  world.stage.clock.now = plusDays(START, 1);
  expect(await ran(world.stage, sweepRefunds)).toEqual({ postponed: 1 });
  world.stage.payments.endRefund(id, "succeeded");
  world.stage.clock.now = plusDays(START, 3);
  expect(await ran(world.stage, sweepRefunds)).toEqual({ succeeded: 1 });
  await told(id);
  expect([await world.figures(), (await refunds())[0]?.status, leftBy()]).toEqual([[3_000, 0, 0], "succeeded", 1]);
  expect(await ran(world.stage, sweepRefunds)).toEqual({});
});

test("one that its bank sends back, and nobody told of, comes back by the sweep", async () => {
  world.stage.payments.answerRefunds("pending");
  world.stage.payments.endRefund(await byHand(2_000), "failed");
  world.stage.clock.now = "2026-11-25T12:20:00.000Z";
  expect(await ran(world.stage, sweepRefunds)).toEqual({ failed: 1 });
  expect([await world.figures(), (await refunds())[0]?.status, await broken()]).toEqual([[5_000, 0, 0], "failed", []]);
});

test("one that never ends rings, and so does one that is not there any more: it is never made", async () => {
  world.stage.payments.answerRefunds("pending");
  await byHand(2_000);
  const [{ id: refundId = "" } = {}] = await refunds();
  const lines = loggedLines();
  world.stage.clock.now = plusDays(START, 16);
  await ran(world.stage, sweepRefunds);
  const { paymentIntentId } = deposit();
  expect(lines).toMatchObject([
    { level: "error", code: "refund.stuck", refundId, paymentIntentIds: [paymentIntentId] },
  ]);
  world.stage.payments.forgetRefunds(paymentIntentId);
  world.stage.clock.now = plusDays(START, 17);
  const failed = await ran(world.stage, sweepRefunds);
  expect([failed, leftBy(), await world.figures()]).toEqual([{ failed: 1 }, 1, [3_000, 0, 0]]);
  expect(lines.slice(1)).toMatchObject([{ code: "refund.stuck" }, { level: "error", code: "job.item_failed" }]);
});

test("when its bank sends it back, the brand has it again, and can ask for it", async () => {
  const id = await byHand(2_000);
  world.stage.payments.endRefund(id, "failed");
  await told(id);
  expect([await world.figures(), (await refunds())[0]?.status]).toEqual([[5_000, 0, 0], "failed"]);
  expect(await broken()).toEqual([]);
  await nightAfter(world.stage, START, 1);
  expect(differencesOn(world.stage)).toEqual([]);
  await world.request(5_000);
});

/** Somebody gives every refund this metadata in the dashboard: none, unless it is said. */
const emptied = (metadata: Readonly<Record<string, string>> = {}): void => {
  const { recordOf } = world.stage.payments;
  world.stage.payments.recordOf = async (paymentIntentId) => {
    const record = await recordOf(paymentIntentId);
    return record && { ...record, refunds: record.refunds.map((refund) => ({ ...refund, metadata })) };
  };
};
const postponed = (): Promise<void> => expect(told("re_1")).rejects.toMatchObject({ name: "Postponed" });

test("a refund of ours that does not say so any more is booked once", async () => {
  await world.request(2_000);
  await world.submit();
  emptied();
  await told("re_1");
  expect([await world.figures(), (await refunds()).length, await broken()]).toEqual([[3_000, 0, 0], 1, []]);
  // Its bank sends it back: the brand has it again all the same.
  world.stage.payments.endRefund("re_1", "failed");
  await told("re_1");
  expect([await world.figures(), (await refunds())[0]?.status, await broken()]).toEqual([[5_000, 0, 0], "failed", []]);
});

test("one that has a number of somebody else's for a name is by hand, and one of ours that got such a number is still ours", async () => {
  await world.request(2_000);
  await world.submit();
  emptied({ refundId: "order-77" });
  const id = await byHand(1_000);
  expect([await world.figures(), (await refunds()).length, await broken()]).toEqual([[2_000, 0, 0], 2, []]);
  for (const one of ["re_1", id]) {
    world.stage.payments.endRefund(one, "failed");
    await told(one);
  }
  expect([await world.figures(), (await refunds()).map(({ status }) => status)]).toEqual([
    [5_000, 0, 0],
    ["failed", "failed"],
  ]);
});

test("one of ours that was made, never written, and does not say so any more waits until we have found it", async () => {
  await world.request(2_000);
  const { payments } = world.stage;
  const died = new Error("died");
  const dies: typeof payments.createRefund = (order) => payments.createRefund(order).then(() => Promise.reject(died));
  await expect(world.submit({ payments: { ...payments, createRefund: dies } })).rejects.toBe(died);
  emptied();
  await postponed();
  expect([await world.figures(), (await refunds()).length]).toEqual([[3_000, 2_000, 0], 1]);
  await world.submit();
  await told("re_1");
  expect([await world.figures(), (await refunds()).length, await broken()]).toEqual([[3_000, 0, 0], 1, []]);
});

test("so does one of ours that waits for funds there, and it is asked about by its name", async () => {
  const { payments } = world.stage;
  const { createRefund } = payments;
  const asked: unknown[] = [];
  payments.answerRefunds("pending");
  payments.createRefund = async (order) => {
    asked.push(order.processorRefundId);
    const { transaction: _none, ...waiting } = await createRefund(order);
    return waiting;
  };
  await world.request(2_000);
  await world.submit();
  emptied();
  payments.endRefund("re_1", "succeeded");
  await postponed();
  payments.createRefund = (order) => createRefund(order);
  await world.submit();
  await told("re_1");
  expect([asked, await world.figures(), (await refunds()).length]).toEqual([[undefined], [3_000, 0, 0], 1]);
  expect(await broken()).toEqual([]);
});

test("beside one of ours that is under way, each is booked, and listed as old as it is", async () => {
  await world.request(2_000);
  world.stage.clock.now = "2026-11-25T12:00:05.000Z";
  world.stage.payments.refundByHand(deposit().paymentIntentId, 1_000);
  // As far as anybody can tell, it may be ours.
  await postponed();
  await world.submit();
  await told("re_1");
  expect((await refunds()).map(({ amount }) => amount.amount)).toEqual([1_000, 2_000]);
  expect([await world.figures(), (await refunds()).length, await broken()]).toEqual([[2_000, 0, 0], 2, []]);
});
