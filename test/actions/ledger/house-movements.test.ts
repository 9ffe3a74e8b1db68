/** What the house itself moves at the processor: named by the proof and each day's comparison until an admin books it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as proveLedger } from "#lambdas/ledger/prove-ledger";
import { handler as reconcilePayments } from "#lambdas/reconciliations/reconcile-payments";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { plusDays } from "#shared/domain/kernel/time";
import { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { confirmed, movedAndConfirmed } from "../../support/house-movements.ts";
import { paidIn, peopled } from "../../support/launched.ts";
import { admin, type TestStage } from "../../support/stage.ts";
import { ran } from "../deposits/depositing.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await peopled();
});

const proof = async () => {
  const { balanced, invariants, liabilities } = await stage.run(proveLedger, { actor: admin() });
  const broken = invariants.filter(({ passed }) => !passed).map(({ id }) => id);
  return { balanced, broken, ...liabilities[0] };
};
const comparedAt = async (now: string) => {
  stage.clock.now = now;
  await ran(stage, reconcilePayments);
  return stage.stored("reconciliation").map((item) => Reconciliation.parse(item));
};
const refusing = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

describe("a movement of the house's own money", () => {
  test("breaks M10 until it is booked, and then the proof balances", async () => {
    const id = stage.payments.moveHouse({ type: "topup", amountMinor: 20_000 });
    expect(await proof()).toMatchObject({ balanced: false, broken: ["M10"], difference: 20_000 });
    expect(await confirmed(stage, id)).toEqual({
      ...{ key: `house:${id}`, type: "processing", currency: "USD" },
      description: "The house's own at the processor: topup",
      lines: [
        { account: "platform:stripe_balance", amount: -20_000 },
        { account: "platform:house_capital", amount: 20_000 },
      ],
    });
    expect(await proof()).toMatchObject({ balanced: true, broken: [], ledger: 20_000, difference: 0 });
  });

  test("leaves the capital on whichever side: more is paid out than was put in, and fees are taken", async () => {
    await movedAndConfirmed(stage, { type: "stripe_fee", amountMinor: -1_290, feeMinor: 85 });
    await movedAndConfirmed(stage, { type: "payout", amountMinor: -9_000, feeMinor: 90 });
    expect(await proof()).toMatchObject({ balanced: true, ledger: -10_465, topUp: 10_465 });
    await movedAndConfirmed(stage, { type: "payout_failure", amountMinor: 9_000 });
    expect(await proof()).toMatchObject({ balanced: true, ledger: -1_465, topUp: 1_465 });
  });

  test("may be a fee that is given back before one was taken in its currency", async () => {
    await movedAndConfirmed(stage, { type: "adjustment", category: "other_adjustment", amountMinor: 5_000 });
    expect(await proof()).toMatchObject({ balanced: true, broken: [] });
  });

  test("is booked once, whoever asks again; others' movements and unknown ones are refused, and nothing is left", async () => {
    const id = stage.payments.moveHouse({ type: "topup", amountMinor: 20_000 });
    await confirmed(stage, id);
    await expect(confirmed(stage, id, "Again")).rejects.toEqual(refusing("house_movement.booked"));
    const disputed = stage.payments.moveHouse({ type: "adjustment", category: "dispute", amountMinor: -500 });
    const before = stage.table.all();
    await expect(confirmed(stage, disputed)).rejects.toEqual(refusing("house_movement.not_the_houses"));
    await expect(confirmed(stage, "txn_none")).rejects.toEqual(refusing("house_movement.unknown"));
    expect(stage.table.all()).toEqual(before);
  });

  test("that came with a dispute is not booked again", async () => {
    await movedAndConfirmed(stage, { type: "topup", amountMinor: 20_000 });
    const [entry] = stage.stored("journalEntry").map((row) => JournalEntry.parse(row));
    if (entry === undefined) throw new Error("nothing is booked");
    const id = stage.payments.moveHouse({ type: "adjustment", category: "fee", amountMinor: -1_500 });
    const item = storedItem(items.journalEntry, { ...entry, key: `fee:${id}` });
    await stage.table.write({ kind: "put", item, when: { any: true } });
    await expect(confirmed(stage, id)).rejects.toEqual(refusing("house_movement.booked"));
  });

  test("of two admins at once, one books it", async () => {
    const id = stage.payments.moveHouse({ type: "topup", amountMinor: 20_000 });
    const outcomes = await Promise.allSettled([confirmed(stage, id, "One"), confirmed(stage, id, "Other")]);
    const reasons = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    expect(reasons).toEqual([refusing("house_movement.booked")]);
    expect(stage.stored("journalEntry").map((row) => JournalEntry.parse(row).key)).toEqual([`house:${id}`]);
  });

  test("leaves a row of the audit with who booked it and why", async () => {
    const id = await movedAndConfirmed(stage, { type: "topup", amountMinor: 20_000 });
    const [row] = stage.stored("auditEntry").filter(({ action }) => action === "house_movement.booked");
    expect(row).toMatchObject({
      actorId: admin().userId,
      changes: [
        { field: "entry", after: id.key },
        { field: "reason", after: "Fees of November" },
      ],
    });
  });

  test("is named on its day, every day again, until it is booked: then the day agrees, however late", async () => {
    await paidIn(stage, 1_000);
    const id = stage.payments.moveHouse({ type: "payout", amountMinor: -9_000, createdAt: stage.clock.now });
    const day = stage.clock.now.slice(0, "YYYY-MM-DD".length);
    const differing = (records: readonly Reconciliation[]) =>
      records.flatMap(({ date, differences }) =>
        differences.filter(({ kind }) => kind === "unconfirmed").map(({ processorIds }) => [date, processorIds[0]]),
      );
    for (const days of [1, 2, 9]) {
      expect(differing(await comparedAt(`${plusDays(`${day}T03:30:00.000Z`, days)}`))).toEqual([[day, id]]);
    }
    await confirmed(stage, id, "The owner's draw");
    const records = await comparedAt(plusDays(`${day}T03:30:00.000Z`, 10));
    expect(differing(records)).toEqual([]);
    const unexplained = records.flatMap(({ differences }) => differences.map(({ kind }) => kind));
    expect(unexplained.filter((kind) => kind === "not_at_processor")).toHaveLength(1);
    expect(records.map(({ date }) => date).sort()).toEqual(
      Array.from({ length: 12 }, (_, at) => plusDays(`${day}T00:00:00.000Z`, at - 2).slice(0, "YYYY-MM-DD".length)),
    );
  });
});
