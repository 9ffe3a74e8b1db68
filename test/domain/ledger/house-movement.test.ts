/** What is booked of a movement of the house's own money, and what is refused. */
import { describe, expect, test } from "@jest/globals";
import { MAX_MOVEMENT_MINOR } from "#shared/domain/kernel/money";
import { accountName } from "#shared/domain/ledger/account";
import { bookHouseMovement } from "#shared/domain/ledger/house-movement";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { aHouseMovement } from "../../support/house-movements.ts";
import { admin, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-26T09:00:00.000Z";
const booking = (movement: ProcessorMovement | undefined, ...booked: JournalEntry[]) =>
  bookHouseMovement({ movement, booked }, "Fees of November", { actor: admin(), now, newId: sequentialIds() });
const linesOf = (parts: Partial<ProcessorMovement>) =>
  (booking(aHouseMovement(parts)).change.entries ?? []).flatMap(({ lines }) =>
    lines.map(({ account, amount }) => [accountName(account).replace("platform:", ""), amount]),
  );
const refusing = (code: string, message: RegExp | string = /./) =>
  expect.objectContaining({ refusal: expect.objectContaining({ code }), message: expect.stringMatching(message) });
const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe("a movement of the house's own money", () => {
  test.each<[string, Partial<ProcessorMovement>, [string, number][]]>([
    ["a top-up", {}, [["stripe_balance", -20_000], ["house_capital", 20_000]]],
    ["a top-up that is taken back", { type: "topup_reversal", amountMinor: -20_000 },
      [["stripe_balance", 20_000], ["house_capital", -20_000]]],
    ["a payout", { type: "payout", amountMinor: -9_000 }, [["stripe_balance", 9_000], ["house_capital", -9_000]]],
    ["an instant payout, with its fee", { type: "payout", amountMinor: -9_000, feeMinor: 90 },
      [["stripe_balance", 9_090], ["house_capital", -9_000], ["stripe_fees", -90]]],
    ["a payout that its bank sends back", { type: "payout_failure", amountMinor: 9_000 },
      [["stripe_balance", -9_000], ["house_capital", 9_000]]],
    ["a payout that is canceled", { type: "payout_cancel", amountMinor: 9_000 },
      [["stripe_balance", -9_000], ["house_capital", 9_000]]],
    ["a fee of the account, with its tax", { type: "stripe_fee", amountMinor: -1_290, feeMinor: 85 },
      [["stripe_balance", 1_375], ["stripe_fees", -1_375]]],
    ["costs of card networks", { type: "network_cost", amountMinor: -600 },
      [["stripe_balance", 600], ["stripe_fees", -600]]],
    ["a fee of exchange", { type: "stripe_fx_fee", amountMinor: -7 }, [["stripe_balance", 7], ["stripe_fees", -7]]],
    ["a tax on fees", { type: "tax_fee", amountMinor: -85 }, [["stripe_balance", 85], ["stripe_fees", -85]]],
    ["a fee that is given back", { type: "adjustment", category: "other_adjustment", amountMinor: 40 },
      [["stripe_balance", -40], ["stripe_fees", 40]]],
  ])("is booked on the other side of what it is: %s", (_what, parts, lines) => {
    expect(linesOf(parts)).toEqual(lines);
  }); // prettier-ignore

  test("is booked by its balance transaction, on the processor's day, with who and why in the audit", () => {
    const { change, entry } = booking(aHouseMovement());
    expect(change.entries).toMatchObject([
      {
        ...{ key: "house:txn_1", type: "processing", currency: "USD", referenceId: "txn_1", processorIds: ["txn_1"] },
        ...{ effectiveAt: "2026-11-25T11:00:00.000Z", actorId: admin().userId },
      },
    ]);
    expect(change.entities).toEqual([]);
    expect(change.audit).toEqual({
      action: "house_movement.booked",
      resource: { type: "balance_transaction", id: "txn_1" },
      changes: [
        { field: "entry", before: null, after: "house:txn_1" },
        { field: "reason", before: null, after: "Fees of November" },
      ],
    });
    expect(entry).toMatchObject({
      key: "house:txn_1",
      lines: [{ account: "platform:stripe_balance", amount: -20_000 }, {}],
    });
  });

  test.each([
    ["charge", "", "sweep-deposits"],
    ["payment", "", "sweep-deposits"],
    ["refund", "", "sweep-refunds"],
    ["refund_failure", "", "sweep-refunds"],
    ["adjustment", "refund_failure", "sweep-refunds"],
    ["adjustment", "dispute", "process-stripe-event"],
    ["adjustment", "dispute_reversal", "process-stripe-event"],
    ["transfer", "", "carry-out-payouts"],
    ["transfer_refund", "", "carry-out-payouts"],
    ["issuing_transaction", "", "Nothing books"],
    ["adjustment", "something_new", "Nothing books"],
  ])("is refused when it is another's: a %s %s", (type, category, says) => {
    const refusal = thrownBy(() => booking(aHouseMovement({ type, category })));
    expect(refusal).toEqual(refusing("house_movement.not_the_houses", says));
  });

  test("is no entry of an amount that no entry may have", () => {
    expect(() => booking(aHouseMovement({ amountMinor: MAX_MOVEMENT_MINOR }))).not.toThrow();
    expect(() => booking(aHouseMovement({ amountMinor: MAX_MOVEMENT_MINOR + 1 }))).toThrow("out of bounds");
  });

  test("is refused when it is unknown, moves nothing, or is booked", () => {
    expect(thrownBy(() => booking(undefined))).toEqual(refusing("house_movement.unknown"));
    for (const parts of [{ amountMinor: 0 }, { type: "stripe_fee", amountMinor: 30, feeMinor: 30 }])
      expect(thrownBy(() => booking(aHouseMovement(parts)))).toEqual(
        refusing("house_movement.not_the_houses", "moves nothing"),
      );
    const [entry] = booking(aHouseMovement()).change.entries ?? [];
    expect(thrownBy(() => booking(aHouseMovement(), { ...entry } as JournalEntry))).toEqual(
      refusing("house_movement.booked", "house:txn_1"),
    );
  });
});
