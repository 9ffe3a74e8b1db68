import { describe, expect, test } from "@jest/globals";
import { transition } from "#shared/domain/kernel/lifecycle";
import type { Money } from "#shared/domain/kernel/money";
import type { Deposit } from "#shared/domain/deposits/deposit";
import { askAgainAt } from "#shared/domain/processor/due";
import { depositLifecycle } from "#shared/domain/deposits/lifecycle";
import type { BalanceTransaction, Payment } from "#shared/domain/processor/payment";
import { postponed, settlePayment } from "#shared/domain/deposits/settle-payment";
import { BRAND_ID, CREATOR_ID, DEPOSIT_ID } from "../../support/builders.ts";
import { aDeposit, aWallet } from "../../support/money-builders.ts";
import { brand, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const later = "2026-11-25T12:10:00.000Z";
const occasion = () => ({ actor: brand(), now, newId: sequentialIds() });
const usd = (amount: number): Money => ({ amount, currency: "USD" });
const refusing = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

const deposit = aDeposit({ createdAt: now, updatedAt: now, dueAt: later });
const fee: BalanceTransaction = { id: "txn_1", amountMinor: 5_000, feeMinor: 175, currency: "USD" };
const paid: Payment = {
  paymentIntentId: "pi_1",
  clientSecret: "s",
  customerId: "cus_1",
  status: "succeeded",
  amount: usd(5_000),
  received: usd(5_000),
  metadata: { depositId: DEPOSIT_ID, userId: BRAND_ID },
  transaction: fee,
};
const settle = (parts: Partial<Payment> = {}, of: Deposit = deposit, wallet = aWallet()) =>
  settlePayment({ deposit: of, wallet }, { ...paid, ...parts }, occasion());
const unpaid = { status: "pending", received: usd(0), transaction: undefined } as const;
const platform = (account: string, amount: number) => ({ account: { of: "platform", account }, amount });
const mine = (account: string, amount: number) => ({ account: { of: "wallet", userId: BRAND_ID, account }, amount });

describe("what the processor says", () => {
  test("paid: credited once for ever under the intent's key, in full, with the fee beside it", () => {
    const { change, deposit: next, mismatch } = settle();
    const { dueAt: _, ...was } = deposit;
    expect(next).toEqual({ ...was, status: "completed", creditedAt: now, version: 2, updatedAt: now });
    expect(change?.entities).toEqual([{ entity: "deposit", was: deposit, next }]);
    expect(change?.entries).toEqual([
      expect.objectContaining({
        key: "deposit:pi_1",
        type: "deposit",
        currency: "USD",
        referenceId: DEPOSIT_ID,
        processorIds: ["pi_1"],
        lines: [platform("stripe_balance", -5_000), mine("available", 5_000)],
      }),
      expect.objectContaining({
        key: "fee:txn_1",
        type: "processing",
        processorIds: ["txn_1"],
        lines: [platform("stripe_fees", -175), platform("stripe_balance", 175)],
      }),
    ]);
    expect(change?.requires).toEqual([{ balances: { userId: BRAND_ID, disputesReceivable: 0 } }]);
    expect(change?.events).toEqual([
      { type: "deposit.completed", detail: { depositId: DEPOSIT_ID, userId: BRAND_ID, amount: usd(5_000) } },
    ]);
    expect(change?.audit).toMatchObject({ action: "deposit.completed", resource: { type: "deposit", id: DEPOSIT_ID } });
    expect(mismatch).toBeUndefined();
  });

  test.each([
    [2_000, [mine("disputesReceivable", 2_000), mine("available", 3_000)]],
    [5_000, [mine("disputesReceivable", 5_000)]],
    [9_000, [mine("disputesReceivable", 5_000)]],
  ])("paid to a brand that owes %i: the debt comes first", (disputesReceivable, lines) => {
    const { change } = settle({}, deposit, aWallet({ disputesReceivable }));
    expect(change?.entries?.[0]?.lines).toEqual([platform("stripe_balance", -5_000), ...lines]);
    expect(change?.requires).toEqual([{ balances: { userId: BRAND_ID, disputesReceivable } }]);
  });

  test.each<[string, BalanceTransaction | undefined]>([
    ["not captured yet", undefined],
    ["settled in another currency", { ...fee, currency: "EUR" }],
  ])("paid, and %s: credited, and the fee is asked for again", (_what, transaction) => {
    const { change, deposit: next } = settle({ transaction });
    expect(change?.entries?.map(({ key }) => key)).toEqual(["deposit:pi_1"]);
    expect(next).toMatchObject({ status: "completed", feePending: true, dueAt: later });
  });

  test("paid, without a fee: no entry of nothing", () => {
    const { change, deposit: next } = settle({ transaction: { ...fee, feeMinor: 0 } });
    expect(change?.entries?.map(({ key }) => key)).toEqual(["deposit:pi_1"]);
    expect(next.feePending).toBeUndefined();
  });

  test("cancelled: failed, without money or event", () => {
    const { change, deposit: next } = settle({ ...unpaid, status: "canceled" });
    expect([next.status, next.dueAt]).toEqual(["failed", undefined]);
    expect([change?.entries, change?.events]).toEqual([undefined, undefined]);
  });

  test("not yet: nothing", () => {
    expect(settle(unpaid)).toEqual({ change: undefined, deposit });
  });

  test.each(["completed", "failed"] as const)("anything, late, about a %s deposit: no money", (status) => {
    for (const said of ["succeeded", "canceled", "pending"] as const) {
      const settled = { ...deposit, status };
      expect(settle({ status: said }, settled)).toEqual({ change: undefined, deposit: settled });
    }
  });
});

describe("the fee of a deposit that was credited before", () => {
  const waiting = aDeposit({ status: "completed", feePending: true, dueAt: later });

  test("is booked once, when it is known", () => {
    const { change, deposit: next } = settle({}, waiting);
    expect(change?.entries?.map(({ key, type }) => [key, type])).toEqual([["fee:txn_1", "processing"]]);
    expect([next.feePending, next.dueAt]).toEqual([undefined, undefined]);
    expect(change?.audit?.action).toBe("deposit.fee_booked");
    expect(settle({}, next).change).toBeUndefined();
  });

  test("is booked in the currency it was taken in", () => {
    const { change } = settle({ transaction: { ...fee, currency: "EUR" } }, waiting);
    expect(change?.entries?.[0]).toMatchObject({ key: "fee:txn_1", currency: "EUR" });
  });

  test("waits while it is not", () => {
    expect(settle({ transaction: undefined }, waiting).change).toBeUndefined();
  });
});

describe("a payment that is not what was asked for is noted, and nobody is credited", () => {
  test.each<[string, string, Partial<Payment>]>([
    ["another intent", "foreign", { paymentIntentId: "pi_2" }],
    ["another deposit", "foreign", { metadata: { depositId: "dep_2", userId: BRAND_ID } }],
    ["another person", "foreign", { metadata: { depositId: DEPOSIT_ID, userId: CREATOR_ID } }],
    ["no metadata", "foreign", { metadata: {} }],
    ["another customer", "foreign", { customerId: "cus_2" }],
    ["no customer", "foreign", { customerId: undefined }],
    ["another currency received", "currency", { received: { amount: 5_000, currency: "EUR" } }],
    ["another currency", "currency", { amount: { amount: 5_000, currency: "EUR" } }],
    ["a part captured", "amount", { received: usd(4_999) }],
    ["nothing received", "amount", { received: usd(0) }],
    ["more received", "amount", { received: usd(5_001) }],
    ["another amount", "amount", { amount: usd(6_000), received: usd(6_000) }],
  ])("%s", (_what, reason, parts) => {
    const { change, deposit: next, mismatch } = settle(parts);
    expect(mismatch).toMatchObject({ reason, paymentIntentId: parts.paymentIntentId ?? "pi_1", at: now });
    expect(next).toMatchObject({ status: "pending", mismatch: { reason } });
    // What another payment says of itself is no word about its own.
    expect(next.dueAt).toBe(parts.paymentIntentId === undefined ? undefined : later);
    expect([change?.entries, change?.events]).toEqual([undefined, undefined]);
    expect(change?.audit).toMatchObject({ action: "deposit.mismatched" });
    const again = settle(parts, next);
    expect([again.change, again.mismatch]).toEqual([undefined, undefined]);
  });

  test("and credited all the same when the processor puts it right", () => {
    const { deposit: noted } = settle({ received: usd(4_999) });
    const { deposit: next, change } = settle({}, noted);
    expect([next.status, next.mismatch, next.dueAt]).toEqual(["completed", undefined, later]);
    expect(change?.entries).toHaveLength(2);
  });
});

test("a deposit leaves pending only", () => {
  const { complete, fail } = depositLifecycle;
  for (const [step, said] of [
    [complete, paid],
    [fail, { ...paid, status: "canceled" }],
  ] as const) {
    expect(transition(deposit, step, occasion(), said).status).toBe(step.to);
    for (const status of ["completed", "failed"] as const) {
      const ended: typeof deposit = { ...deposit, status };
      expect(() => transition(ended, step, occasion(), said)).toThrow(refusing(step.otherwise.code));
    }
  }
});

test("neither end comes on a word that is not the processor's for it", () => {
  const { complete, fail } = depositLifecycle;
  for (const [step, said] of [
    [complete, { ...paid, ...unpaid }],
    [complete, { ...paid, received: usd(0) }],
    [complete, { ...paid, received: usd(4_999) }],
    [fail, { ...paid, ...unpaid }],
    [fail, paid],
  ] as const)
    expect(() => transition(deposit, step, occasion(), said)).toThrow(refusing("transition.not_due"));
});

describe("when the processor is asked again", () => {
  test.each([
    [0, 10],
    [5, 10],
    [10, 10],
    [20, 20],
    [600, 600],
    [1_440, 1_440],
    [100_000, 1_440],
  ])("after %i minutes, in %i", (age, wait) => {
    const minute = (count: number) => new Date(Date.parse(now) + count * 60_000).toISOString();
    expect(askAgainAt(now, minute(age))).toBe(minute(age + wait));
  });

  test("only what is due is postponed", () => {
    const at = (iso: string, of: Deposit = deposit) => postponed(of, iso)?.entities[0]?.next;
    expect(at("2026-11-25T12:09:59.999Z")).toBeUndefined();
    expect(at(later)).toMatchObject({ dueAt: "2026-11-25T12:20:00.000Z", version: 2 });
    const { dueAt: _, ...over } = deposit;
    expect(at(later, over)).toBeUndefined();
  });
});
