/** Which of the processor's fees a job books, and which somebody must look at first. */
import { describe, expect, test } from "@jest/globals";
import { systemActor } from "#shared/domain/kernel/actor";
import { bookHouseMovement } from "#shared/domain/ledger/house-movement";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import {
  bookProcessorFee,
  daysWithFees,
  feesToBook,
  feeSums,
  type ProcessorFeeBounds,
} from "#shared/domain/ledger/processor-fees";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { aHouseMovement } from "../../support/house-movements.ts";
import { admin, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-26T09:30:00.000Z";
const job = { actor: systemActor("job"), now, newId: sequentialIds() };
const aFee = (id: string, amountMinor = -25, parts: Partial<ProcessorMovement> = {}) =>
  aHouseMovement({ id, type: "stripe_fee", category: "fee", amountMinor, objectIds: [], ...parts });
const sorted = (movements: ProcessorMovement[], booked: readonly JournalEntry[] = [], bounds: ProcessorFeeBounds = {}) => {
  const { due, held } = feesToBook({ movements, booked }, bounds);
  return { due: due.map(({ id }) => id), held: held.map(({ id }) => id) };
}; // prettier-ignore
const entriesOf = (decided: { readonly entries?: readonly object[] } | undefined) =>
  (decided?.entries ?? []) as JournalEntry[];
const byJob = (fee: ProcessorMovement) => entriesOf(bookProcessorFee(fee, [], job));
const byAdmin = (fee: ProcessorMovement) =>
  entriesOf(bookHouseMovement({ movement: fee, booked: [] }, "r", { ...job, actor: admin() }).change);

describe("what the processor takes of the house", () => {
  test.each(["stripe_fee", "stripe_fx_fee", "tax_fee", "network_cost"])("is booked when it is nothing else: %s", (type) => {
    expect(sorted([aFee("txn_1", -25, { type })])).toEqual({ due: ["txn_1"], held: [] });
    expect(sorted([aFee("txn_1", 25, { type })])).toEqual({ due: [], held: [] });
    expect(sorted([aFee("txn_1", -25, { type, feeMinor: -25 })])).toEqual({ due: [], held: [] });
  }); // prettier-ignore

  test.each([
    ["topup", "topup"],
    ["payout", "payout"],
    ["payout_failure", "payout_failure"],
    ["adjustment", "fee"],
    ["adjustment", "other_adjustment"],
    ["charge", "charge"],
    ["transfer", "transfer"],
  ])("is not what an admin or another action books: %s %s", (type, category) => {
    expect(sorted([aFee("txn_1", -25, { type, category })])).toEqual({ due: [], held: [] });
  });

  test("is booked as an admin's command books it, once, by whoever comes first", () => {
    const fee = aFee("txn_1", -1_290, { feeMinor: 85 });
    const [own] = byJob(fee);
    const [adminsOwn] = byAdmin(fee);
    expect(own).toEqual({ ...adminsOwn, id: own?.id, actorId: "system:job" });
    expect(own).toMatchObject({ key: "house:txn_1", effectiveAt: fee.createdAt, processorIds: ["txn_1"] });
    for (const key of ["house:txn_1", "fee:txn_1", "dispute:txn_1"])
      expect(bookProcessorFee(fee, [{ ...own, key } as JournalEntry], job)).toBeUndefined();
    expect(bookProcessorFee(fee, [{ ...own, key: "house:txn_2" } as JournalEntry], job)).toBeDefined();
    expect(sorted([fee], byAdmin(fee))).toEqual({ due: [], held: [] });
  });

  test("has a row of the audit", () => {
    expect(bookProcessorFee(aFee("txn_1"), [], job)?.audit).toEqual({
      action: "processor_fee.booked",
      resource: { type: "balance_transaction", id: "txn_1" },
      changes: [{ field: "entry", before: null, after: "house:txn_1" }],
    });
  });
});

describe("the bound of a day", () => {
  const hour = (at: number) => ({ createdAt: `2026-11-25T${String(at).padStart(2, "0")}:00:00.000Z` });

  test("is reached with the fee that takes the day's sum to it, the oldest first; what is beyond it is held", () => {
    const fees = [aFee("txn_c", -1, hour(3)), aFee("txn_b", -70_001, hour(2)), aFee("txn_a", -30_000, hour(1))];
    expect(sorted(fees)).toEqual({ due: ["txn_a", "txn_c"], held: ["txn_b"] });
    const fitting = [aFee("txn_b", -69_000, { ...hour(2), feeMinor: 1_000 }), ...fees.slice(2)];
    expect(sorted(fitting)).toEqual({ due: ["txn_a", "txn_b"], held: [] });
  });

  test("counts what the job booked before, and not what an admin did: they have looked", () => {
    const [before, fee] = [aFee("txn_a", -90_000, hour(9)), aFee("txn_b", -20_000, hour(1))];
    expect(sorted([before, fee], byJob(before))).toEqual({ due: [], held: ["txn_b"] });
    expect(sorted([before, fee], byAdmin(before))).toEqual({ due: ["txn_b"], held: [] });
  });

  test("is each day's and each currency's own, as the stage says", () => {
    const big = -100_000;
    const fees = [
      aFee("txn_a", big, hour(23)),
      aFee("txn_b", big, { createdAt: "2026-11-26T00:00:00.000Z" }),
      aFee("txn_c", big, { ...hour(23), currency: "EUR" }),
    ];
    expect(sorted(fees)).toEqual({ due: ["txn_a", "txn_c", "txn_b"], held: [] });
    expect(sorted(fees, [], { USD: 99_999, EUR: 100_000 })).toEqual({ due: ["txn_c"], held: ["txn_a", "txn_b"] });
    expect(sorted([aFee("txn_a", -1)], [], { USD: 0 })).toEqual({ due: [], held: ["txn_a"] });
  });

  test("is of whole days, today's included", () => {
    expect(daysWithFees(now)).toEqual(["2026-11-23T00:00:00.000Z", "2026-11-27T00:00:00.000Z"]);
  });

  test("what is booked is summed by currency, with the tax on it", () => {
    const fees = [aFee("txn_a"), aFee("txn_b", -10, { feeMinor: 2 }), aFee("txn_c", -7, { currency: "EUR" })];
    expect(feeSums(fees)).toEqual([
      { currency: "EUR", fees: 1, feesMinor: 7 },
      { currency: "USD", fees: 2, feesMinor: 37 },
    ]);
    expect(feeSums([])).toEqual([]);
  });
});
