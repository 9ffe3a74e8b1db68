/** No deposit is offered a debit of a bank account. If one is paid by it all the same, nothing is credited or lost meanwhile. */
import { expect, test } from "@jest/globals";
import { plusDays } from "#shared/domain/kernel/time";
import { differencesOn, nightAfter, recordsOn } from "../reconciliations/comparing.ts";
import { depositing, usd } from "./depositing.ts";

const START = "2026-11-25T12:00:00.000Z";

/** A brand's payment is `processing`: the processor counts it in already, and the payer's bank has not answered. */
async function debited() {
  const { stage, begin, confirm, available } = await depositing();
  stage.clock.now = START;
  stage.payments.captureLater();
  const { id, paymentIntentId } = await begin(usd(50_000));
  const objectIds = ["py_1", paymentIntentId];
  const payment = { type: "payment", category: "charge", amountMinor: 50_000, objectIds };
  stage.payments.moveHouse(payment);
  return { stage, id, paymentIntentId, confirm, available, payment };
}

test("while the bank has not answered, the brand is told so, and the day's comparison that it waits", async () => {
  const { stage, id, confirm, available } = await debited();
  expect(await confirm(id)).toMatchObject({ status: "pending" });
  expect(await available()).toBe(0);
  await nightAfter(stage, START, 1);
  expect(recordsOn(stage).flatMap(({ differences }) => differences)).toMatchObject([
    { kind: "not_booked", action: expect.stringContaining("waits for the payer's bank") },
  ]);
});

test("when the bank pays, it is credited, and the day agrees", async () => {
  const { stage, id, paymentIntentId, confirm, available } = await debited();
  await nightAfter(stage, START, 1);
  stage.clock.now = plusDays(START, 4);
  stage.payments.pay(paymentIntentId);
  expect(await confirm(id)).toMatchObject({ status: "completed" });
  expect(await available()).toBe(50_000);
  await nightAfter(stage, START, 5);
  expect(differencesOn(stage)).toEqual([]);
});

test("when the bank refuses, nothing was ever there, and the day agrees", async () => {
  const { stage, id, confirm, available, payment } = await debited();
  await nightAfter(stage, START, 1);
  stage.clock.now = plusDays(START, 4);
  stage.payments.moveHouse({
    ...payment,
    type: "payment_failure_refund",
    category: "charge_failure",
    amountMinor: -50_000,
  });
  expect(await confirm(id)).toMatchObject({ status: "pending" });
  await nightAfter(stage, START, 5);
  expect([await available(), differencesOn(stage)]).toEqual([0, []]);
});
