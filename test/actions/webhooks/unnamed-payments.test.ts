/** Somebody empties a payment's metadata in the processor's dashboard: what comes of it is heard of all the same. */
import { beforeEach, expect, test } from "@jest/globals";
import { brokenInvariants } from "../../support/launched.ts";
import { type Refunding, refunding } from "../refunds/refunding.ts";

let world: Refunding;
let paymentIntentId: string;
beforeEach(async () => {
  world = await refunding(5_000);
  paymentIntentId = String(world.deposits[0]?.paymentIntentId);
});

/** From now on the payment says this of itself. */
const says = (metadata: Readonly<Record<string, string>>): void => {
  const { payments } = world.stage;
  const { recordOf } = payments;
  payments.recordOf = async (id) => {
    const record = await recordOf(id);
    return record && { ...record, payment: { ...record.payment, metadata } };
  };
};
const told = (type: string, objectType: "refund" | "dispute") =>
  world.deliver(world.stage.payments.webhook(`${objectType}_1`, `evt_${type}`, type, { paymentIntentId, objectType }));

test.each([
  ["nothing", {}],
  ["that it is another deposit's", { depositId: "dep_another", userId: "somebody" }],
])("a payment that says %s", async (_what, metadata) => {
  says(metadata);
  world.stage.payments.refundByHand(paymentIntentId, 2_000);
  await told("refund.created", "refund");
  expect(await world.figures()).toEqual([3_000, 0, 0]);
  world.stage.payments.dispute(paymentIntentId, 3_000);
  await told("charge.dispute.created", "dispute");
  expect(await world.figures()).toEqual([0, 0, 0]);
  expect(await brokenInvariants(world.stage)).toEqual([]);
});
