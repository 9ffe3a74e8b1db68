/** A refund of ours whose metadata somebody emptied before it was booked, beside one made by hand of the same payment: each is taken once. */
import { expect, test } from "@jest/globals";
import { handler as sweepRefunds } from "#lambdas/refunds/sweep-refunds";
import { plusDays } from "#shared/domain/kernel/time";
import { ran } from "../deposits/depositing.ts";
import { refunding } from "./refunding.ts";

const PAID_IN = 8_000;

test.each([
  [2_000, 3_000],
  [2_000, 1_000],
  [2_000, 2_000],
])("ours of %i and one by hand of %i, which leave at once", async (ours, byHand) => {
  const { stage, deposits, deliver, figures, request, submit } = await refunding(PAID_IN);
  const { payments } = stage;
  const paymentIntentId = deposits[0]?.paymentIntentId ?? "";
  const { createRefund, recordOf } = payments;
  let isWaiting = true;
  type Told = Awaited<ReturnType<typeof createRefund>>;
  const asThere = ({ transaction, ...refund }: Told, metadata = refund.metadata): Told => ({
    ...refund,
    metadata,
    ...(!isWaiting && transaction && { transaction }),
  });
  payments.createRefund = async (order) => asThere(await createRefund(order));
  payments.answerRefunds("pending");
  await request(ours);
  await submit();
  payments.recordOf = async (id) => {
    const record = await recordOf(id);
    return record && { ...record, refunds: record.refunds.map((refund) => asThere(refund, {})) };
  };
  payments.refundByHand(paymentIntentId, byHand);
  isWaiting = false;
  for (const { id = "" } of (await recordOf(paymentIntentId))?.refunds ?? []) payments.endRefund(id, "succeeded");

  for (let told = 0; told < 3; told += 1) {
    const about = { paymentIntentId, objectType: "refund" } as const;
    // Until ours is found, the other may be it: the event comes back.
    await deliver(payments.webhook("re", `evt_${told}`, "refund.updated", about)).catch((error: Error) =>
      expect(error.name).toMatch(/Postponed|Error/),
    );
    stage.clock.now = plusDays(stage.clock.now, 1);
    await ran(stage, sweepRefunds);
  }
  expect((await figures())[0]).toBe(PAID_IN - ours - byHand);
});
