/** A refund goes back by several deposits' payments: one that the processor does not take holds up no other. */
import { expect, test } from "@jest/globals";
import { handler as sweepRefunds } from "#lambdas/refunds/sweep-refunds";
import { plusHours } from "#shared/domain/kernel/time";
import { ran } from "../deposits/depositing.ts";
import { refunding } from "./refunding.ts";

test.each(["by the first delivery", "by the sweep"])("the others go back %s", async (how) => {
  const { stage, deposits, figures, request, submit } = await refunding(2_000, 2_000);
  const { payments } = stage;
  const { createRefund } = payments;
  // Newest first: what is taken from first is the one that is in the way.
  const inTheWay = deposits[1]?.id;
  payments.createRefund = (order) =>
    order.depositId === inTheWay ? Promise.reject(new Error("not understood")) : createRefund(order);
  await request(4_000);
  if (how === "by the sweep") {
    stage.clock.now = plusHours(stage.clock.now, 1);
    expect(await ran(stage, sweepRefunds)).toEqual({ failed: 1 });
  } else await expect(submit()).rejects.toThrow("not understood");
  expect(await figures()).toEqual([0, 2_000, 0]);
  payments.createRefund = createRefund;
  await submit();
  expect(await figures()).toEqual([0, 0, 0]);
});

/** A refund that somebody makes by hand, of so much, under the name of a request for 2,000; from now on whatever is there bears it. */
async function madeUnderOurName(amount: number) {
  const world = await refunding(5_000);
  const { payments } = world.stage;
  const { createRefund, recordOf } = payments;
  payments.createRefund = () => Promise.reject(new Error("not understood"));
  const { id: refundId } = await world.request(2_000);
  payments.recordOf = async (intentId) => {
    const record = await recordOf(intentId);
    return record && { ...record, refunds: record.refunds.map((one) => ({ ...one, metadata: { refundId } })) };
  };
  const paymentIntentId = world.deposits[0]?.paymentIntentId ?? "";
  const id = payments.refundByHand(paymentIntentId, amount);
  const held = async () => [
    await world.figures(),
    (await world.list()).items.map((one) => `${one.amount.amount} ${one.status}`).sort(),
  ];
  return {
    ...{ world, held },
    isUnderstood: () => void (payments.createRefund = createRefund),
    told: (eventId: string) =>
      world.deliver(payments.webhook(id, eventId, "refund.created", { paymentIntentId, objectType: "refund" })),
  };
}

test("what can be made by hand alone is ours when it bears our name", async () => {
  const { held, told } = await madeUnderOurName(2_000);
  await told("evt_1");
  expect(await held()).toEqual([[3_000, 0, 0], ["2000 succeeded"]]);
});

test("what bears our name and is of another amount was made by hand: nothing is said to have gone back that has not", async () => {
  const { world, held, told, isUnderstood } = await madeUnderOurName(1_000);
  await expect(told("evt_1")).rejects.toThrow("may be one of ours");
  expect(await held()).toEqual([[3_000, 2_000, 0], ["2000 requested"]]);
  isUnderstood();
  await world.submit();
  for (const eventId of ["evt_2", "evt_3"]) await told(eventId);
  expect(await held()).toEqual([
    [2_000, 0, 0],
    ["1000 succeeded", "2000 succeeded"],
  ]);
});
