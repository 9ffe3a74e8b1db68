/** A payment that did not fit its deposit and was put right: what came of it meanwhile is the brand's as well. */
import { expect, test } from "@jest/globals";
import { handler as sweepDeposits } from "#lambdas/deposits/sweep-deposits";
import { Deposit } from "#shared/domain/deposits/deposit";
import { plusDays } from "#shared/domain/kernel/time";
import { brokenInvariants } from "../../support/launched.ts";
import { depositing, ran, usd } from "./depositing.ts";

test("what was taken and given back while nobody was credited is heard of by the sweep, which then lets go", async () => {
  const { stage, begin, confirm, deliver, available } = await depositing();
  const { payments } = stage;
  const { recordOf, retrievePayment } = payments;
  const { id, paymentIntentId } = await begin(usd(5_000));
  const deposit = () => Deposit.parse(stage.stored("deposit")[0]);

  // Somebody empties its metadata in the processor's dashboard.
  payments.recordOf = async (intentId) => {
    const record = await recordOf(intentId);
    return record && { ...record, payment: { ...record.payment, metadata: {} } };
  };
  payments.pay(paymentIntentId);
  payments.dispute(paymentIntentId, 2_000);
  payments.refundByHand(paymentIntentId, 1_000);
  for (const type of ["payment_intent.succeeded", "charge.dispute.created", "refund.created"])
    await deliver(payments.webhook(paymentIntentId, `evt_${type}`, type));
  expect([await available(), deposit().mismatch?.reason]).toEqual([0, "foreign"]);

  Object.assign(payments, { recordOf, retrievePayment });
  expect(await confirm(id)).toMatchObject({ status: "completed" });
  stage.clock.now = plusDays(stage.clock.now, 1);
  await ran(stage, sweepDeposits);
  expect([await available(), await brokenInvariants(stage)]).toEqual([2_000, []]);
  expect(deposit().dueAt).toBeUndefined();
  expect(await ran(stage, sweepDeposits)).toEqual({});
});

test("is heard of also where the payment's fee is known, and asked for by the brand, before the sweep comes", async () => {
  const { stage, begin, confirm, deliver, available } = await depositing();
  const { payments } = stage;
  const { recordOf, retrievePayment } = payments;
  const { id, paymentIntentId } = await begin(usd(5_000));
  payments.captureLater();
  payments.recordOf = async (intentId) => {
    const record = await recordOf(intentId);
    return record && { ...record, payment: { ...record.payment, metadata: {} } };
  };
  payments.pay(paymentIntentId);
  payments.refundByHand(paymentIntentId, 1_000);
  for (const type of ["payment_intent.succeeded", "refund.created"])
    await deliver(payments.webhook(paymentIntentId, `evt_${type}`, type));

  Object.assign(payments, { recordOf, retrievePayment });
  expect(await confirm(id)).toMatchObject({ status: "completed" });
  payments.capture(paymentIntentId);
  await confirm(id);
  expect(Deposit.parse(stage.stored("deposit")[0]).feePending).toBeUndefined();
  stage.clock.now = plusDays(stage.clock.now, 1);
  await ran(stage, sweepDeposits);
  expect([await available(), await brokenInvariants(stage)]).toEqual([4_000, []]);
  expect(Deposit.parse(stage.stored("deposit")[0]).dueAt).toBeUndefined();
});

test("a payment that bears another deposit's name leaves that one due: what is paid for it is found, though nobody tells", async () => {
  const { stage, begin, deliver, available } = await depositing();
  const { payments } = stage;
  const { paymentIntentId } = await begin(usd(5_000));
  const { recordOf } = payments;
  payments.recordOf = async (intentId) => {
    const record = await recordOf(paymentIntentId);
    const named = { paymentIntentId: "pi_another", customerId: "cus_77", amount: usd(700) };
    return intentId === "pi_another" ? record && { ...record, payment: { ...record.payment, ...named } } : record;
  };
  await deliver(payments.webhook("pi_another"));
  expect(Deposit.parse(stage.stored("deposit")[0])).toMatchObject({ mismatch: { paymentIntentId: "pi_another" } });
  payments.pay(paymentIntentId);
  stage.clock.now = plusDays(stage.clock.now, 1);
  await ran(stage, sweepDeposits);
  expect(await available()).toBe(5_000);
});
