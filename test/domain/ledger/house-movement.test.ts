/** What is booked of a movement of the house's own money, and what is refused. */
import { describe, expect, test } from "@jest/globals";
import { MAX_MOVEMENT_MINOR } from "#shared/domain/kernel/money";
import { accountName } from "#shared/domain/ledger/account";
import { bookHouseMovement, type HouseMovementState } from "#shared/domain/ledger/house-movement";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { chargedIntent, keysOfPayment } from "#shared/domain/ledger/stray-payment";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { Payment } from "#shared/domain/processor/payment";
import { aHouseMovement } from "../../support/house-movements.ts";
import { aDeposit } from "../../support/money-builders.ts";
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

describe("a payment that is no deposit's", () => {
  const about = (...objectIds: string[]) => ({ objectIds });
  const entryOf = (state: Partial<HouseMovementState> & { readonly movement: ProcessorMovement }) =>
    bookHouseMovement({ booked: [], ...state }, "r", { actor: admin(), now, newId: sequentialIds() }).change.entries?.[0];
  const charge = aHouseMovement({ id: "txn_ch", type: "charge", amountMinor: 5_000, feeMinor: 175, ...about("ch_1", "pi_1") });
  const booked = entryOf({ movement: charge }) as JournalEntry;
  const credit = { ...booked, type: "deposit" } as const;

  test.each([
    ["charge", ["ch_1", "pi_1"], "deposit:pi_1", ["pi_1", "txn_1"]],
    ["payment", ["py_1", "pi_1"], "deposit:pi_1", ["pi_1", "txn_1"]],
    ["charge", ["ch_1"], "deposit:ch_1", ["ch_1", "txn_1"]],
    ["payment", ["py_1"], "deposit:py_1", ["py_1", "txn_1"]],
  ])("is booked under the payment's own key: a %s of %j", (type, objectIds, key, processorIds) => {
    const movement = aHouseMovement({ type, amountMinor: 5_000, feeMinor: 175, objectIds });
    expect(keysOfPayment(movement)).toEqual([key]);
    expect(chargedIntent(movement)).toBe(objectIds.find((id) => id.startsWith("pi_")));
    expect(entryOf({ movement })).toMatchObject({
      ...{ key, type: "processing", processorIds, referenceId: "txn_1", effectiveAt: movement.createdAt },
      lines: [{ amount: -4_825 }, { account: { account: "house_capital" }, amount: 5_000 }, { amount: -175 }],
    });
  });

  const sequels = [
    ["refund", "", -2_000, 0],
    ["payment_refund", "", -2_000, 0],
    ["refund_failure", "", 2_000, 0],
    ["payment_failure_refund", "", -2_000, 0],
    ["adjustment", "refund_failure", 2_000, 0],
    ["adjustment", "dispute", -5_000, 1_500],
    ["adjustment", "dispute_reversal", 5_000, 0],
  ] as const;
  test.each(sequels)("is followed, once its charge is booked: %s %s", (type, category, amountMinor, feeMinor) => {
    const movement = aHouseMovement({ type, category, amountMinor, feeMinor, ...about("x_1", "pi_1", "ch_1") });
    const state = { movement, booked: [booked] };
    expect(keysOfPayment(movement)).toEqual([booked.key]);
    expect(chargedIntent(movement)).toBeUndefined();
    const lines = entryOf(state)?.lines.map(({ account, amount }) => [account.account, amount]) ?? [];
    expect(Object.fromEntries(lines)).toEqual({
      stripe_balance: feeMinor - amountMinor,
      house_capital: amountMinor,
      ...(feeMinor !== 0 && { stripe_fees: 0 - feeMinor }),
    });
    expect(entryOf(state)).toMatchObject({ key: "house:txn_1", processorIds: ["txn_1"] });
    for (const others of [[], [credit]])
      expect(thrownBy(() => entryOf({ movement, booked: others }))).toEqual(refusing("house_movement.not_the_houses"));
  });

  test("is refused when it is credited, booked, or has no name", () => {
    expect(thrownBy(() => entryOf({ movement: charge, booked: [credit] }))).toEqual(
      refusing("house_movement.not_the_houses", "sweep-deposits"),
    );
    expect(thrownBy(() => entryOf({ movement: charge, booked: [booked] }))).toEqual(
      refusing("house_movement.booked", "deposit:pi_1"),
    );
    for (const movement of [{ ...charge, ...about("re_1") }, { ...charge, ...about() }])
      expect(thrownBy(() => entryOf({ movement }))).toEqual(refusing("house_movement.not_the_houses"));
  });

  test("that failed and was paid again has a charge besides, under its own key; one that names the key's charge is that one", () => {
    const again = { ...charge, id: "txn_again", ...about("ch_2", "pi_1") };
    expect(entryOf({ movement: again, booked: [booked] })).toMatchObject({
      ...{ key: "house:txn_again", processorIds: ["pi_1", "txn_again"] },
      lines: [{ amount: -4_825 }, { account: { account: "house_capital" }, amount: 5_000 }, { amount: -175 }],
    });
    const { processorIds: _, ...unnamed } = booked;
    expect(entryOf({ movement: again, booked: [unnamed] })).toMatchObject({ key: "house:txn_again" });
    expect(thrownBy(() => entryOf({ movement: again, booked: [credit] }))).toEqual(
      refusing("house_movement.not_the_houses", "sweep-deposits"),
    );
  });

  test.each(["transfer", "transfer_refund", "transfer_failure"])("is no %s, whatever it names", (type) => {
    const movement = aHouseMovement({ type, ...about("trr_1", "pi_1") });
    expect(thrownBy(() => entryOf({ movement, booked: [booked] }))).toEqual(
      refusing("house_movement.not_the_houses", "carry-out-payouts"),
    );
  });

  test("gives its deposit up, if that has noted it and does not fit it yet; one that is given up already stays so", () => {
    const paid = { amount: 4_000, currency: "USD" } as const;
    const asked = aDeposit();
    const payment: Payment = {
      ...{ paymentIntentId: "pi_1", clientSecret: "s", customerId: "cus_1", status: "succeeded" as const },
      ...{ amount: asked.amount, received: paid, metadata: { depositId: asked.id, userId: asked.userId } },
    };
    const mismatch = { reason: "amount", paymentIntentId: "pi_1", paymentStatus: "succeeded", at: now } as const;
    const noted = aDeposit({ mismatch: { ...mismatch, amount: asked.amount, received: paid } });
    const given = (state: Partial<HouseMovementState>) => {
      const occasion = { actor: admin(), now, newId: sequentialIds() };
      return bookHouseMovement({ movement: charge, booked: [], payment, ...state }, "r", occasion).change.entities;
    };
    const [change] = given({ deposit: noted });
    const { dueAt: _, ...was } = noted;
    expect(change).toEqual({ entity: "deposit", was: noted, next: { ...was, status: "failed", version: 2, updatedAt: now } });
    expect(given({ deposit: { ...noted, status: "failed" } })).toEqual([]);
    expect(given({ deposit: undefined })).toEqual([]);
    expect(given({ deposit: asked, booked: [{ ...booked, processorIds: ["pi_1", "txn_before"] }] })).toEqual([]);
    const fits = { ...payment, received: asked.amount };
    for (const state of [{ deposit: asked }, { deposit: noted, payment: fits }, { deposit: noted, payment: undefined }])
      expect(thrownBy(() => given(state))).toEqual(refusing("house_movement.not_the_houses", "can still be credited"));
  });
}); // prettier-ignore
