/** Payments that no deposit is credited for: an admin books what was paid and what comes of it, and nobody is credited besides. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as bookHouseMovement } from "#lambdas/ledger/book-house-movement";
import { handler as confirmDeposit } from "#lambdas/deposits/confirm-deposit";
import { handler as proveLedger } from "#lambdas/ledger/prove-ledger";
import { handler as reconcilePayments } from "#lambdas/reconciliations/reconcile-payments";
import type { Change } from "#shared/domain/change";
import { Deposit } from "#shared/domain/deposits/deposit";
import { settlePayment } from "#shared/domain/deposits/settle-payment";
import type { Actor } from "#shared/domain/kernel/actor";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { bookHouseMovement as book } from "#shared/domain/ledger/house-movement";
import type { Payment } from "#shared/domain/processor/payment";
import { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import { StaleState } from "#shared/ports/changes";
import type { Capability } from "#shared/ports/catalogue";
import { BRAND_ID } from "../../support/builders.ts";
import { confirmed } from "../../support/house-movements.ts";
import { admin, brand } from "../../support/stage.ts";
import { type Depositing, depositing, ran, refused, usd } from "../deposits/depositing.ts";

let world: Depositing;
beforeEach(async () => {
  world = await depositing();
  world.stage.payments.takeFees();
});

const proof = async () => {
  const { balanced, invariants, liabilities } = await world.stage.run(proveLedger, { actor: admin() });
  return { balanced, broken: invariants.filter(({ passed }) => !passed).map(({ id }) => id), ...liabilities[0] };
};
const deposit = () => Deposit.parse(world.stage.stored("deposit")[0]);
const entries = () => world.stage.stored("journalEntry").map((item) => JournalEntry.parse(item));
const linesOf = (key: string) =>
  (entries().find((one) => one.key === key)?.lines ?? []).map(({ account, amount }) => [account.account, amount]);
const latest = () => world.stage.payments.movements().at(-1)?.id ?? "";
const nothingSaved = async (code: string, id: string) =>
  world.expectNothingSaved(code, () => confirmed(world.stage, id));

/** A deposit of 500.00 of which 400.00 were paid: noted, and credited to nobody. */
async function misfit() {
  const begun = await world.begin(usd(50_000));
  world.stage.payments.pay(begun.paymentIntentId, 40_000);
  await world.confirm(begun.id);
  return { ...begun, chargeTxn: latest() };
}
/** Of that payment, by hand, in the processor's dashboard. */
const refundedByHand = (paymentIntentId: string, amount = 40_000) =>
  world.stage.payments.createRefund({
    ...{ refundId: "by hand", depositId: "none", userId: BRAND_ID, paymentIntentId },
    ...{ amount: usd(amount), mayBeThere: false },
  });
/** A payment that another product on the same account has asked for. */
async function anothers(amount = 7_000): Promise<string> {
  const { payments } = world.stage;
  const order = { depositId: "order-77", amount: usd(amount) };
  const payer = { userId: "u", email: "u@example.com", customerId: "cus_77" };
  const { paymentIntentId } = await payments.createPayment({ ...order, ...payer });
  payments.pay(paymentIntentId);
  return paymentIntentId;
}

describe("a payment that does not fit its deposit", () => {
  test("is booked, refunded by hand and booked again: the proof and the day agree after each", async () => {
    const { id, paymentIntentId, chargeTxn } = await misfit();
    expect(await proof()).toMatchObject({ balanced: false, broken: ["M10"], difference: 38_810 });
    const booked = await confirmed(world.stage, chargeTxn, "Paid 400.00 for 500.00");
    expect(booked.key).toBe(`deposit:${paymentIntentId}`);
    expect(linesOf(booked.key)).toEqual([
      ["stripe_balance", -38_810],
      ["house_capital", 40_000],
      ["stripe_fees", -1_190],
    ]);
    expect(await proof()).toMatchObject({ balanced: true, ledger: 38_810 });
    await refundedByHand(paymentIntentId);
    const refundTxn = latest();
    expect(await proof()).toMatchObject({ broken: ["M10"] });
    await confirmed(world.stage, refundTxn, "Given back");
    expect(linesOf(`house:${refundTxn}`)).toEqual([
      ["stripe_balance", 40_000],
      ["house_capital", -40_000],
    ]);
    expect(await proof()).toMatchObject({ balanced: true, ledger: -1_190, topUp: 1_190 });
    world.stage.clock.now = "2026-11-26T03:30:00.000Z";
    await ran(world.stage, reconcilePayments);
    const days = world.stage.stored("reconciliation").map((item) => Reconciliation.parse(item));
    expect(days.filter(({ status }) => status !== "matched")).toEqual([]);
    expect(days.find(({ date }) => date === "2026-11-25")?.totals).toMatchObject([{ matched: 1 }]);
    expect(deposit()).toMatchObject({ id, status: "failed", mismatch: { reason: "amount" } });
  });

  test("has its deposit given up with it: nothing is credited for it any more, whatever is put right", async () => {
    const { id, paymentIntentId, chargeTxn } = await misfit();
    await confirmed(world.stage, chargeTxn);
    const [row] = world.stage.stored("auditEntry").filter(({ action }) => action === "house_movement.booked");
    expect(row).toMatchObject({
      actorId: admin().userId,
      changes: [{ field: "entry" }, { field: "reason" }, { field: "deposit", after: id }],
    });
    const before = entries();
    world.stage.payments.captureLater();
    world.stage.payments.pay(paymentIntentId);
    expect(await world.confirm(id)).toMatchObject({ status: "failed" });
    await world.deliver(world.stage.payments.webhook(paymentIntentId));
    expect(entries()).toEqual(before);
    expect(await world.available()).toBe(0);
    await nothingSaved("house_movement.booked", chargeTxn);
  });

  test("is a brand's once it was put right: then it is refused, and credited", async () => {
    world.stage.payments.captureLater();
    const { id, paymentIntentId } = await misfit();
    world.stage.payments.capture(paymentIntentId);
    world.stage.payments.pay(paymentIntentId);
    const chargeTxn = latest();
    await nothingSaved("house_movement.not_the_houses", chargeTxn);
    expect(await world.confirm(id)).toMatchObject({ status: "completed" });
    await nothingSaved("house_movement.not_the_houses", chargeTxn);
    expect(await world.available()).toBe(50_000);
  });

  test.each([
    ["that nobody has asked about yet", async () => undefined],
    ["that is credited", async (id: string) => world.confirm(id)],
  ])("is none when it fits, and refused: one %s", async (_what, act) => {
    const { id, paymentIntentId } = await world.begin(usd(50_000));
    world.stage.payments.pay(paymentIntentId);
    const chargeTxn = latest();
    await act(id);
    await nothingSaved("house_movement.not_the_houses", chargeTxn);
    await refundedByHand(paymentIntentId, 1_000);
    await nothingSaved("house_movement.not_the_houses", latest());
    await world.confirm(id);
    await nothingSaved("house_movement.not_the_houses", latest());
  });

  test("that names another's deposit leaves that one as it is", async () => {
    const begun = await world.begin(usd(50_000));
    const other = await anothers();
    const chargeTxn = latest();
    const { recordOf } = world.stage.payments;
    world.stage.payments.recordOf = async (intentId) => {
      const record = await recordOf(intentId);
      const metadata = { depositId: begun.id, userId: BRAND_ID };
      return record && { ...record, payment: { ...record.payment, metadata } };
    };
    await world.deliver(world.stage.payments.webhook(other));
    expect(deposit()).toMatchObject({ status: "pending", mismatch: { reason: "foreign" } });
    expect(await confirmed(world.stage, chargeTxn)).toMatchObject({ key: `deposit:${other}` });
    world.stage.payments.pay(begun.paymentIntentId);
    expect(await world.confirm(begun.id)).toMatchObject({ status: "completed" });
    expect(await proof()).toMatchObject({ balanced: true });
  });
});

describe("a payment that nobody here asked for", () => {
  test("is booked, and so is what its bank takes and gives back, with the fees", async () => {
    const intentId = await anothers();
    await confirmed(world.stage, latest());
    const disputeId = world.stage.payments.dispute(intentId);
    const taken = latest();
    await confirmed(world.stage, taken);
    expect(linesOf(`house:${taken}`)).toEqual([
      ["stripe_balance", 8_500],
      ["house_capital", -7_000],
      ["stripe_fees", -1_500],
    ]);
    world.stage.payments.closeDispute(disputeId, "won");
    await confirmed(world.stage, latest());
    await refundedByHand(intentId, 3_000);
    await confirmed(world.stage, latest());
    expect(await proof()).toMatchObject({ balanced: true, ledger: 7_000 - 233 - 1_500 - 3_000 });
    expect(entries().map(({ type }) => type)).toEqual(Array(4).fill("processing"));
  });

  test("comes first: what came of it is refused until then, with what is to be done", async () => {
    const intentId = await anothers();
    const chargeTxn = latest();
    await refundedByHand(intentId, 3_000);
    await expect(confirmed(world.stage, latest())).rejects.toThrow(/once the payment's charge is/);
    await nothingSaved("house_movement.not_the_houses", latest());
    await confirmed(world.stage, chargeTxn);
    expect(await confirmed(world.stage, latest())).toMatchObject({ key: `house:${latest()}` });
    await nothingSaved("house_movement.booked", latest());
  });
});

describe("a charge that is credited and booked at the same moment", () => {
  const occasion = (actor: Actor) => ({ actor, now: world.stage.clock.now, requestId: "r", newId: world.stage.newId });
  const committed = (uses: readonly Capability[], change: Change | undefined, actor: Actor) =>
    world.stage.granted(uses, occasion(actor)).commit(change ?? { entities: [] });
  const asBooked = (payment: Payment, chargeTxn: string) =>
    book(
      {
        movement: world.stage.payments.movements().find(({ id }) => id === chargeTxn),
        ...{ booked: [], payment, deposit: deposit() },
      },
      "reason",
      occasion(admin()),
    ).change;
  const asCredited = async (payment: Payment) =>
    settlePayment(
      { deposit: deposit(), wallet: await world.stage.ports.wallets.get(BRAND_ID) },
      { ...payment, received: payment.amount },
      occasion(brand()),
    ).change;

  test("is either, whichever is written first", async () => {
    for (const first of ["booked", "credited"] as const) {
      world = await depositing();
      const { paymentIntentId, chargeTxn } = await misfit();
      const payment = await world.stage.payments.retrievePayment(paymentIntentId);
      const changes = { booked: asBooked(payment, chargeTxn), credited: await asCredited(payment) };
      const both = {
        booked: () => committed(bookHouseMovement.contract.uses, changes.booked, admin()),
        credited: () => committed(confirmDeposit.contract.uses, changes.credited, brand()),
      };
      await both[first]();
      await expect(both[first === "booked" ? "credited" : "booked"]()).rejects.toBeInstanceOf(StaleState);
      expect([first, deposit().status]).toEqual([first, first === "booked" ? "failed" : "completed"]);
      expect(entries().filter(({ key }) => key === `deposit:${paymentIntentId}`)).toHaveLength(1);
    }
  });

  test("is either, also when the payment does not say any more whose it is", async () => {
    const { paymentIntentId, chargeTxn } = await misfit();
    const payment = await world.stage.payments.retrievePayment(paymentIntentId);
    const credited = await asCredited(payment);
    const { recordOf } = world.stage.payments;
    world.stage.payments.recordOf = async (intentId) => {
      const record = await recordOf(intentId);
      return record && { ...record, payment: { ...record.payment, metadata: {} } };
    };
    await confirmed(world.stage, chargeTxn);
    expect(deposit().status).toBe("failed");
    await expect(committed(confirmDeposit.contract.uses, credited, brand())).rejects.toBeInstanceOf(StaleState);
    expect(await world.available()).toBe(0);
  });

  test("of all who ask at once, one books it", async () => {
    const { id, chargeTxn } = await misfit();
    const asked = ["One", "Other", "Third"].map((reason) => confirmed(world.stage, chargeTxn, reason));
    const outcomes = await Promise.allSettled([...asked, world.confirm(id)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
    expect(outcomes.slice(0, 3)).toContainEqual({ status: "rejected", reason: refused("house_movement.booked") });
    expect(entries()).toHaveLength(1);
  });
});
