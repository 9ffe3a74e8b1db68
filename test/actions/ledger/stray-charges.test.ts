/** Charges that may be the house's own: of a payment that failed and was paid again, and of one that hides whose deposit it is. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as sweepDeposits } from "#lambdas/deposits/sweep-deposits";
import { handler as proveLedger } from "#lambdas/ledger/prove-ledger";
import { plusDays } from "#shared/domain/kernel/time";
import { confirmed } from "../../support/house-movements.ts";
import { admin } from "../../support/stage.ts";
import { type Depositing, depositing, ran, refused, usd } from "../deposits/depositing.ts";
import { differencesOn, nightAfter } from "../reconciliations/comparing.ts";

const START = "2026-11-25T12:00:00.000Z";
let world: Depositing;
beforeEach(async () => {
  world = await depositing();
  world.stage.clock.now = START;
});

const latest = () => world.stage.payments.movements().at(-1)?.id ?? "";
const statusOfDeposit = () => world.stage.stored("deposit")[0]?.["status"];
const broken = async () => {
  const { invariants } = await world.stage.run(proveLedger, { actor: admin() });
  return invariants.filter(({ passed }) => !passed).map(({ id }) => id);
};

describe("a payment that failed days after it was charged, and was paid again", () => {
  const debit = (charge: string, sign: 1 | -1 = 1) =>
    world.stage.payments.moveHouse({
      type: sign > 0 ? "payment" : "payment_failure_refund",
      ...{ category: "charge", amountMinor: sign * 50_000, feeMinor: sign * 500, objectIds: [charge, "pi_77"] },
    });

  test("has each of its charges booked, once", async () => {
    const moved = [debit("py_1"), debit("py_1", -1), debit("py_2")];
    const keys: string[] = [];
    for (const id of moved) keys.push((await confirmed(world.stage, id)).key);
    expect(keys).toEqual(["deposit:pi_77", `house:${moved[1]}`, `house:${moved[2]}`]);
    for (const id of moved) await world.expectNothingSaved("house_movement.booked", () => confirmed(world.stage, id));
    expect(await broken()).toEqual([]);
    await nightAfter(world.stage, START, 1);
    expect(differencesOn(world.stage)).toEqual([]);
  });

  test("has both charges booked when two admins are at it, whichever takes the payment's key", async () => {
    const moved = [debit("py_1"), debit("py_2")];
    const keys = await Promise.all(moved.map(async (id) => (await confirmed(world.stage, id)).key));
    expect(keys.filter((key) => key === "deposit:pi_77")).toHaveLength(1);
    expect(new Set(keys).size).toBe(2);
  });
});

describe("a deposit's payment that does not say any more whose it is", () => {
  /** Somebody has emptied its metadata in the processor's dashboard; what is given back puts them back. */
  const emptied = () => {
    const { recordOf, retrievePayment } = world.stage.payments;
    world.stage.payments.recordOf = async (id) => {
      const record = await recordOf(id);
      return record && { ...record, payment: { ...record.payment, metadata: {} } };
    };
    world.stage.payments.retrievePayment = async (id) => ({ ...(await retrievePayment(id)), metadata: {} });
    return () => Object.assign(world.stage.payments, { recordOf, retrievePayment });
  };
  const paid = async () => {
    const begun = await world.begin(usd(50_000));
    world.stage.payments.pay(begun.paymentIntentId);
    return { ...begun, restore: emptied(), chargeTxn: latest() };
  };

  test("is not booked as the house's: it can be put right, and is credited then", async () => {
    const { id, chargeTxn, restore } = await paid();
    await world.expectNothingSaved("house_movement.not_the_houses", () => confirmed(world.stage, chargeTxn));
    await expect(confirmed(world.stage, chargeTxn)).rejects.toThrow(id);
    restore();
    expect(await world.confirm(id)).toMatchObject({ status: "completed" });
    expect([await world.available(), await broken()]).toEqual([50_000, []]);
  });

  test("is booked once that was noted on its deposit, which is given up for good and says why", async () => {
    const { id, paymentIntentId, chargeTxn, restore } = await paid();
    world.stage.clock.now = plusDays(START, 1);
    await ran(world.stage, sweepDeposits);
    expect(await confirmed(world.stage, chargeTxn)).toMatchObject({ key: `deposit:${paymentIntentId}` });
    restore();
    expect(await world.confirm(id)).toMatchObject({ status: "failed", mismatch: "foreign" });
    await world.deliver(world.stage.payments.webhook(paymentIntentId));
    expect([statusOfDeposit(), await world.available(), await broken()]).toEqual(["failed", 0, []]);
    expect(world.stage.stored("stripeEvent").map(({ status }) => status)).toEqual(["processed"]);
  });

  test("is nobody's to book when the processor knows no such payment", async () => {
    const { chargeTxn } = await paid();
    world.stage.payments.recordOf = () => Promise.resolve(undefined);
    await expect(confirmed(world.stage, chargeTxn)).rejects.toEqual(refused("house_movement.not_the_houses"));
  });
});
