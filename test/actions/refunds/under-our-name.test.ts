/** Somebody refunds by hand what a refund of ours was to, and gives it that one's name, as docs/runbook.md says (refunds-stand-still). */
import { expect, test } from "@jest/globals";
import { brokenInvariants } from "../../support/launched.ts";
import { refunding } from "./refunding.ts";

test.each([
  ["named before ours is asked for again", "named"],
  ["named when ours has been refused, since it was all given back by then", "refused"],
])("it is taken once, and comes back when its bank sends it back: %s", async (_when, first) => {
  const { stage, deposits, deliver, figures, request, submit } = await refunding(5_000);
  const { payments } = stage;
  const [{ paymentIntentId = "" } = {}] = deposits;
  const { id: refundId } = await request(5_000);
  const { recordOf } = payments;
  payments.recordOf = async (intentId) => {
    const record = await recordOf(intentId);
    return record && { ...record, refunds: record.refunds.map((one) => ({ ...one, metadata: { refundId } })) };
  };
  const byHand = payments.refundByHand(paymentIntentId, 5_000);
  let events = 0;
  const told = async () => {
    const about = { paymentIntentId, objectType: "refund" } as const;
    for (const type of ["refund.created", "refund.updated"])
      await deliver(payments.webhook("re", `evt_${(events += 1)}`, type, about));
  };
  await (first === "named" ? told() : submit());
  await (first === "named" ? submit() : told());
  expect([await figures(), await brokenInvariants(stage)]).toEqual([[0, 0, 0], []]);
  payments.endRefund(byHand, "failed");
  await told();
  expect([await figures(), await brokenInvariants(stage)]).toEqual([[5_000, 0, 0], []]);
});
