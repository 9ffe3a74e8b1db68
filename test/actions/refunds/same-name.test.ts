/** Two refunds of one payment bear one name of ours: Stripe made one of them late, or somebody copied it. One is ours, the other its brand's as well. */
import { expect, test } from "@jest/globals";
import { brokenInvariants } from "../../support/launched.ts";
import { refunding } from "./refunding.ts";

test.each([
  ["both bear it", true],
  ["ours lost it to the other", false],
])("each is taken once, and comes back when its bank sends it back: %s", async (_whose, isKept) => {
  const { stage, deposits, deliver, figures, list, request, submit } = await refunding(5_000);
  const { payments } = stage;
  const [{ id: depositId = "", paymentIntentId = "" } = {}] = deposits;
  const { id: refundId } = await request(2_000);
  await submit();
  const { recordOf } = payments;
  payments.recordOf = async (intentId) => {
    const record = await recordOf(intentId);
    const metadataOf = (id?: string) => (id !== "re_1" || isKept ? { refundId, depositId } : {});
    return record && { ...record, refunds: record.refunds.map((one) => ({ ...one, metadata: metadataOf(one.id) })) };
  };
  const other = payments.refundByHand(paymentIntentId, 1_000);
  let events = 0;
  const told = async () => {
    const about = { paymentIntentId, objectType: "refund" } as const;
    for (const type of ["refund.created", "refund.updated"])
      await deliver(payments.webhook("re", `evt_${(events += 1)}`, type, about));
  };
  await told();
  expect([await figures(), await brokenInvariants(stage)]).toEqual([[2_000, 0, 0], []]);
  expect((await list()).items.map(({ amount }) => amount.amount).sort()).toEqual([1_000, 2_000]);
  for (const id of ["re_1", other]) {
    payments.endRefund(id, "failed");
    await told();
  }
  expect([await figures(), await brokenInvariants(stage)]).toEqual([[5_000, 0, 0], []]);
});
