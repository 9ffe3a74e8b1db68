/** What the processor takes of the house is booked by itself: the night has nothing to say of it, but of a bill beyond the bound. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as bookProcessorFees } from "#lambdas/ledger/book-processor-fees";
import { handler as proveLedger } from "#lambdas/ledger/prove-ledger";
import { handler as reconcilePayments } from "#lambdas/reconciliations/reconcile-payments";
import { configuredFeeRules } from "#shared/adapters/settings/processor-fee-rules";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { sink } from "#shared/runtime/log";
import { confirmed } from "../../support/house-movements.ts";
import { firstDay, nightly, sealed } from "../../support/ledger-days.ts";
import { peopled } from "../../support/launched.ts";
import { admin, type TestStage } from "../../support/stage.ts";
import { ran } from "../deposits/depositing.ts";

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
  sink.write = (line) => void lines.push(JSON.parse(line) as Record<string, unknown>);
});
const said = (...codes: string[]) => lines.filter(({ code }) => codes.includes(String(code)));
const taken = (stage: TestStage, amountMinor: number, parts: { type?: string; createdAt?: string } = {}) =>
  stage.payments.moveHouse({ type: "stripe_fee", amountMinor, ...parts });
const entries = (stage: TestStage) => stage.stored("journalEntry").map((item) => JournalEntry.parse(item));

describe("what the processor takes of the house", () => {
  test("is booked within the hour, so that neither the proof nor the comparison rings of it", async () => {
    const stage = await firstDay();
    const { balance } = stage.payments;
    stage.payments.balance = async () => {
      const [taken = { amount: 0 }] = await balance();
      return [{ amount: 970 + taken.amount, currency: "USD" }];
    };
    await sealed(stage);
    for (const day of [26, 27, 28]) {
      stage.clock.now = `2026-11-${day - 1}T20:00:00.000Z`;
      taken(stage, -25);
      stage.clock.now = `2026-11-${day}T00:30:00.000Z`;
      expect(await ran(stage, bookProcessorFees)).toEqual({ booked: 1 });
      await sealed(stage);
      stage.clock.now = `2026-11-${day}T00:45:00.000Z`;
      await nightly(stage);
    }
    stage.clock.now = "2026-11-28T03:30:00.000Z";
    await ran(stage, reconcilePayments);
    expect(said("ledger.unbalanced", "ledger.not_judged")).toEqual([]);
    const differing = stage.stored("reconciliation").flatMap(({ differences }) => differences as { kind: string }[]);
    expect(differing.filter(({ kind }) => kind === "unconfirmed")).toEqual([]);
    expect(said("processor_fees.booked")).toHaveLength(3);
  });

  describe("between the hour's run and the night's proof", () => {
    const night = "2026-11-26T00:45:00.000Z";
    const lateFee = async (amountMinor: number, createdAt = "2026-11-26T00:40:00.000Z") => {
      const stage = await firstDay();
      await sealed(stage);
      stage.clock.now = night;
      stage.payments.balance = () => Promise.resolve([{ amount: 970 + amountMinor, currency: "USD" }]);
      taken(stage, amountMinor, { createdAt });
      return stage;
    };

    test("is named by the proof, and breaks nothing", async () => {
      const stage = await lateFee(-25);
      expect(await nightly(stage)).toMatchObject({ counts: { proven: 1 } });
      const { balanced } = (await stage.run(proveLedger, { actor: admin() })) as { balanced: boolean };
      expect(balanced).toBe(true);
      await ran(stage, bookProcessorFees);
      await sealed(stage);
      expect(await nightly(stage)).toMatchObject({ counts: { proven: 1 } });
      expect(said("ledger.unbalanced", "ledger.not_judged", "ledger.in_motion")).toEqual([]);
    });

    test("does not stand for a cent more or less, nor for what somebody must look at, nor for what no run has booked in a day", async () => {
      const stage = await lateFee(-25);
      for (const amount of [946, 944, 970]) {
        stage.payments.balance = () => Promise.resolve([{ amount, currency: "USD" }]);
        expect(await nightly(stage)).toMatchObject({ counts: { unbalanced: 1 } });
      }
      expect(await nightly(await lateFee(-100_001))).toMatchObject({ counts: { unbalanced: 1 } });
      expect(await nightly(await lateFee(-25, "2026-11-25T00:44:59.000Z"))).toMatchObject({
        counts: { unbalanced: 1 },
      });
    });
  });

  test("is booked once, on its own day, by the system, with a row of the audit and a line", async () => {
    const stage = await peopled();
    const ids = ["stripe_fee", "stripe_fx_fee", "tax_fee", "network_cost"].map((type) => taken(stage, -30, { type }));
    taken(stage, 40);
    stage.payments.moveHouse({ type: "topup", amountMinor: 20_000 });
    expect(await ran(stage, bookProcessorFees)).toEqual({ booked: 4 });
    expect(await ran(stage, bookProcessorFees)).toEqual({});
    expect(entries(stage).map(({ key, actorId }) => [key, actorId])).toEqual(
      ids.map((id) => [`house:${id}`, "system:book-processor-fees"]),
    );
    expect(stage.stored("auditEntry").map(({ action }) => action)).toEqual(ids.map(() => "processor_fee.booked"));
    expect(said("processor_fees.booked")).toMatchObject([{ currency: "USD", fees: 4, feesMinor: 120, level: "info" }]);
  });

  test("of some days ago is made up; what is older stays with an admin", async () => {
    const stage = await peopled();
    const late = taken(stage, -25, { createdAt: "2026-11-22T00:00:00.000Z" });
    taken(stage, -25, { createdAt: "2026-11-21T23:59:59.000Z" });
    expect(await ran(stage, bookProcessorFees)).toEqual({ booked: 1 });
    expect(entries(stage).map(({ key }) => key)).toEqual([`house:${late}`]);
  });

  test("beyond the bound of a day is not booked, and rings, until an admin has looked", async () => {
    const stage = await peopled();
    const id = taken(stage, -100_001);
    taken(stage, -25);
    expect(await ran(stage, bookProcessorFees)).toEqual({ booked: 1 });
    expect(said("processor_fee.held")).toMatchObject([
      { balanceTransactionId: id, currency: "USD", amountMinor: -100_001, feeMinor: 0, level: "error" },
    ]);
    await confirmed(stage, id, "Active accounts of November");
    lines = [];
    taken(stage, -30);
    expect(await ran(stage, bookProcessorFees)).toEqual({ booked: 1 });
    expect(said("processor_fee.held")).toEqual([]);
    expect(entries(stage).map(({ actorId }) => actorId === admin().userId)).toEqual([true, false, false]);
  });

  test("is booked by either the admin or the job when both do so at once", async () => {
    const stage = await peopled();
    const id = taken(stage, -25);
    const [job, command] = await Promise.allSettled([ran(stage, bookProcessorFees), confirmed(stage, id)]);
    expect(entries(stage).map(({ key }) => key)).toEqual([`house:${id}`]);
    const booked = job.status === "fulfilled" ? job.value["booked"] : undefined;
    expect([booked === 1, command.status === "fulfilled"].filter(Boolean)).toHaveLength(1);
    expect(job).toMatchObject({ status: "fulfilled" });
  });

  test("of one type that cannot be listed keeps nothing of the others back", async () => {
    const stage = await peopled();
    taken(stage, -25);
    const { movementsOfType } = stage.statements;
    stage.statements.movementsOfType = (type, from, to) =>
      type === "network_cost" ? Promise.reject(new Error("away")) : movementsOfType(type, from, to);
    expect(await ran(stage, bookProcessorFees)).toEqual({ failed: 1, booked: 1 });
    expect(said("job.item_failed")).toMatchObject([{ item: "network_cost" }]);
  });

  test("has the bound that the stage says, and nothing that is none", () => {
    expect(configuredFeeRules({ PROCESSOR_FEE_BOUNDS: '{"JPY":150000}' })).toEqual({ bounds: { JPY: 150_000 } });
    for (const wrong of ["", '{"USD":-1}', '{"XXX":1}', '{"USD":"1"}'])
      expect(() => configuredFeeRules({ PROCESSOR_FEE_BOUNDS: wrong })).toThrow();
  });
});
