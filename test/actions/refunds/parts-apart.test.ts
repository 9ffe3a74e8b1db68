/** A refund goes back by several deposits' payments: one that the processor does not take holds up no other. */
import { beforeEach, expect, test } from "@jest/globals";
import { handler as sweepRefunds } from "#lambdas/refunds/sweep-refunds";
import { plusHours } from "#shared/domain/kernel/time";
import { sink } from "#shared/runtime/log";
import { ran } from "../deposits/depositing.ts";
import { refunding } from "./refunding.ts";

beforeEach(() => {
  sink.write = () => undefined;
});

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

test("what can be made by hand alone is ours when it bears our name", async () => {
  const { stage, deposits, deliver, figures, list, request } = await refunding(5_000);
  const { payments } = stage;
  payments.createRefund = () => Promise.reject(new Error("not understood"));
  const { id: refundId } = await request(2_000);
  const { recordOf } = payments;
  payments.recordOf = async (intentId) => {
    const record = await recordOf(intentId);
    return record && { ...record, refunds: record.refunds.map((one) => ({ ...one, metadata: { refundId } })) };
  };
  const paymentIntentId = deposits[0]?.paymentIntentId ?? "";
  const id = payments.refundByHand(paymentIntentId, 2_000);
  await deliver(payments.webhook(id, "evt_1", "refund.created", { paymentIntentId, objectType: "refund" }));
  expect([await figures(), (await list()).items.map(({ status }) => status)]).toEqual([[3_000, 0, 0], ["succeeded"]]);
});
