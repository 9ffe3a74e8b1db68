import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { handler as sweepDeposits } from "#lambdas/deposits/sweep-deposits";
import { Unavailable } from "#shared/ports/outside";
import { sink } from "#shared/runtime/log";
import { BRAND_ID } from "../../support/builders.ts";
import { brokenInvariants } from "../../support/launched.ts";
import { type Depositing, depositing, ran, usd } from "./depositing.ts";

let stage: Depositing["stage"];
let begin: Depositing["begin"];
let deliver: Depositing["deliver"];
let available: Depositing["available"];
let credits: Depositing["credits"];
let lines: string[];
beforeEach(async () => {
  ({ stage, begin, deliver, available, credits } = await depositing());
  lines = [];
  jest.spyOn(sink, "write").mockImplementation((line) => void lines.push(line));
});
afterEach(() => void jest.restoreAllMocks());

const at = (minutes: number) =>
  (stage.clock.now = new Date(Date.parse("2026-11-25T12:00:00.000Z") + minutes * 60_000).toISOString());
const fees = () => stage.stored("journalEntry").filter((entry) => entry["type"] === "processing");

test("credits a paid deposit that nobody confirmed, after ten minutes, once", async () => {
  const { paymentIntentId } = await begin();
  stage.payments.takeFees();
  stage.payments.pay(paymentIntentId);
  at(9);
  expect(await ran(stage, sweepDeposits)).toEqual({});
  at(10);
  expect(await ran(stage, sweepDeposits)).toEqual({ completed: 1 });
  expect([await available(), credits().length, fees().length, stage.outbox()]).toEqual([
    5_000,
    1,
    1,
    ["deposit.completed"],
  ]);
  at(1_000);
  expect(await ran(stage, sweepDeposits)).toEqual({});
  await deliver(stage.payments.webhook(paymentIntentId));
  expect([await available(), credits().length, fees().length]).toEqual([5_000, 1, 1]);
  expect(await brokenInvariants(stage)).toEqual([]);
});

test("fails a cancelled one, and asks about an unpaid one later and later", async () => {
  const cancelled = await begin();
  await begin(usd(700), "key-2");
  stage.payments.cancel(cancelled.paymentIntentId);
  at(10);
  expect(await ran(stage, sweepDeposits)).toEqual({ failed: 1, postponed: 1 });
  const asked: number[] = [];
  for (let minute = 25; minute <= 400; minute += 15) {
    at(minute);
    if ("postponed" in (await ran(stage, sweepDeposits))) asked.push(minute);
  }
  expect(asked).toEqual([25, 55, 115, 235]);
});

test("books the fee of a payment that was captured later, once", async () => {
  stage.payments.takeFees();
  stage.payments.captureLater();
  const { paymentIntentId } = await begin();
  stage.payments.pay(paymentIntentId);
  await deliver(stage.payments.webhook(paymentIntentId));
  expect([await available(), fees().length]).toEqual([5_000, 0]);
  at(10);
  expect(await ran(stage, sweepDeposits)).toEqual({ postponed: 1 });
  stage.payments.capture(paymentIntentId);
  at(60);
  expect(await ran(stage, sweepDeposits)).toEqual({ completed: 1 });
  await deliver(stage.payments.webhook(paymentIntentId, "evt_late", "charge.updated"));
  expect(fees()).toMatchObject([{ key: "fee:txn_1", referenceId: expect.stringMatching(/^dep_/) }]);
  const held = await stage.payments.balance();
  expect(held).toEqual([usd(4_825)]);
  expect(await brokenInvariants(stage)).toEqual([]);
});

test("books it on Stripe's word of the charge as well", async () => {
  stage.payments.takeFees();
  stage.payments.captureLater();
  const { paymentIntentId } = await begin();
  stage.payments.pay(paymentIntentId);
  await deliver(stage.payments.webhook(paymentIntentId));
  stage.payments.capture(paymentIntentId);
  await deliver(stage.payments.webhook(paymentIntentId, "evt_charge", "charge.updated"));
  expect(fees()).toHaveLength(1);
  at(1_000);
  expect(await ran(stage, sweepDeposits)).toEqual({});
});

test("notes what is not what was asked for, once, and goes on with the others", async () => {
  const wrong = await begin();
  const right = await begin(usd(700), "key-2");
  stage.payments.pay(wrong.paymentIntentId, 1);
  stage.payments.pay(right.paymentIntentId);
  at(10);
  expect(await ran(stage, sweepDeposits)).toEqual({ pending: 1, completed: 1 });
  const ringing = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ level }) => level === "error");
  expect(ringing).toMatchObject([{ code: "deposit.mismatched", depositId: wrong.id }]);
  expect(await available()).toBe(700);
  at(1_000);
  expect(await ran(stage, sweepDeposits)).toEqual({});
  const noted = stage.stored("auditEntry").filter((row) => row["action"] === "deposit.mismatched");
  expect(noted).toHaveLength(1);
});

test("counts those that Stripe does not answer about, and asks again next time", async () => {
  const { paymentIntentId } = await begin();
  stage.payments.pay(paymentIntentId);
  const { recordOf } = stage.payments;
  stage.payments.recordOf = () => Promise.reject(new Unavailable("the payment processor"));
  at(10);
  expect(await ran(stage, sweepDeposits)).toEqual({ failed: 1 });
  stage.payments.recordOf = recordOf;
  expect(await ran(stage, sweepDeposits)).toEqual({ completed: 1 });
  expect((await stage.ports.wallets.get(BRAND_ID))?.available).toBe(5_000);
});
