/** Names of ours that somebody writes in the processor's dashboard where they do not belong: each refund is its brand's, once. */
import { beforeEach, expect, test } from "@jest/globals";
import { brokenInvariants } from "../../support/launched.ts";
import { type Refunding, refunding } from "./refunding.ts";

let world: Refunding;
/** What each refund there says whose it is. */
let names: Record<string, string>;
beforeEach(async () => {
  world = await refunding(5_000, 5_000);
  names = {};
  const { payments } = world.stage;
  const { createRefund, recordOf } = payments;
  payments.recordOf = async (intentId) => {
    const record = await recordOf(intentId);
    const named = (id = "") => (names[id] === undefined ? {} : { metadata: { refundId: names[id] } });
    return record && { ...record, refunds: record.refunds.map((one) => ({ ...one, ...named(one.id) })) };
  };
  // As the adapter finds them: by their names, before it asks.
  payments.createRefund = async (order) => {
    const record = await payments.recordOf(order.paymentIntentId);
    const found = record?.refunds.find((one) => one.metadata["refundId"] === order.refundId);
    return found?.amount.amount === order.amount.amount ? found : createRefund(order);
  };
});

let events = 0;
const told = (at: number) => {
  const paymentIntentId = world.deposits[at]?.paymentIntentId ?? "";
  const about = { paymentIntentId, objectType: "refund" } as const;
  return world.deliver(world.stage.payments.webhook("re", `evt_${(events += 1)}`, "refund.updated", about));
};
const byHand = (at: number, amount: number): string =>
  world.stage.payments.refundByHand(world.deposits[at]?.paymentIntentId ?? "", amount);
const held = async () => [await world.figures(), await brokenInvariants(world.stage)];

test("that of a refund which goes back by another payment", async () => {
  const { id } = await world.request(2_000, world.deposits[1]?.id);
  await world.submit();
  names[byHand(0, 2_000)] = id;
  await told(0);
  expect(await held()).toEqual([[6_000, 0, 0], []]);
});

test("that of no refund that there is", async () => {
  names[byHand(0, 2_000)] = "rfd_01ARZ3NDEKTSV4RRFFQ69G5FAV";
  await told(0);
  await told(0);
  expect(await held()).toEqual([[8_000, 0, 0], []]);
});

test("on one that was booked before: ours is not taken for it, by what is told or answered, and goes back once the name is gone", async () => {
  const other = byHand(0, 2_000);
  await told(0);
  names[other] = (await world.request(2_000, world.deposits[0]?.id)).id;
  await told(0);
  await world.submit();
  expect(await held()).toEqual([[6_000, 2_000, 0], []]);
  names = {};
  await world.submit();
  await told(0);
  expect(await held()).toEqual([[6_000, 0, 0], []]);
});

test("that of another, on one that waits for funds: it stays whose it was, and both go back", async () => {
  const { payments } = world.stage;
  const { createRefund, recordOf } = payments;
  let waits = true;
  const asItWaits = <R extends { readonly id?: string | undefined }>(one: R): R =>
    waits && one.id === "re_1" ? { ...one, status: "pending", transaction: undefined } : one;
  payments.recordOf = async (intentId) => {
    const record = await recordOf(intentId);
    return record && { ...record, refunds: record.refunds.map(asItWaits) };
  };
  payments.createRefund = async (order) => asItWaits(await createRefund(order));
  const depositId = world.deposits[0]?.id;
  await world.request(2_000, depositId);
  await world.submit();
  names["re_1"] = (await world.request(2_000, depositId)).id;
  await told(0);
  waits = false;
  await told(0);
  names = {};
  await world.submit();
  await told(0);
  expect([await held(), (await world.list()).items.map(({ status }) => status)]).toEqual([
    [[6_000, 0, 0], []],
    ["succeeded", "succeeded"],
  ]);
});

test("that of another which is not made yet: it stays whose it was", async () => {
  const depositId = world.deposits[0]?.id;
  await world.request(2_000, depositId);
  await world.submit();
  names["re_1"] = (await world.request(2_000, depositId)).id;
  await told(0);
  expect(await held()).toEqual([[6_000, 2_000, 0], []]);
  names = {};
  await world.submit();
  await told(0);
  expect([await held(), (await world.list()).items.map(({ status }) => status)]).toEqual([
    [[6_000, 0, 0], []],
    ["succeeded", "succeeded"],
  ]);
});
