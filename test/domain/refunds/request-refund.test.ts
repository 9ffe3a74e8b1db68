import { describe, expect, test } from "@jest/globals";
import type { Money } from "#shared/domain/kernel/money";
import { namedDeposit, refundableFrom, requestRefund } from "#shared/domain/refunds/request-refund";
import type { Deposit } from "#shared/domain/deposits/deposit";
import type { Wallet } from "#shared/domain/wallets/wallet";
import { BRAND_ID, CREATOR_ID } from "../../support/builders.ts";
import { aDeposit, aWallet } from "../../support/money-builders.ts";
import { brand, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const usd = (amount: number): Money => ({ amount, currency: "USD" });
const refusing = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });
const id = (number: number) => `dep_${String(number).padStart(26, "0")}`;
const completed = (number: number, amount: number, parts: Partial<Deposit> = {}) =>
  aDeposit({ id: id(number), paymentIntentId: `pi_${number}`, status: "completed", amount: usd(amount), ...parts });
const request = (amount: number, deposits: readonly Deposit[], wallet = aWallet({ available: 10_000 })) =>
  requestRefund({ wallet, deposits, amount: usd(amount) }, { actor: brand(), now, newId: sequentialIds() });

describe("what of a wallet can be given back", () => {
  test.each<[string, Partial<Wallet>, Money, string | undefined]>([
    ["all of it", { available: 5_000 }, usd(5_000), undefined],
    ["more than there is", { available: 4_999 }, usd(5_000), "wallet.insufficient_funds"],
    ["another currency", { available: 5_000 }, { amount: 5_000, currency: "EUR" }, "wallet.currency_mismatch"],
    ["of somebody suspended", { available: 5_000, ownerStatus: "suspended" }, usd(1), "account.suspended"],
    ["while a dispute's debt is open", { available: 5_000, disputesReceivable: 1 }, usd(1), "refund.debt_first"],
  ])("%s", (_what, parts, amount, code) => {
    const from = () => refundableFrom(aWallet(parts), amount);
    if (code === undefined) expect(from()).toMatchObject(parts);
    else expect(from).toThrow(refusing(code));
  });

  test("nothing of a wallet that is not there, nor of another's deposit", () => {
    expect(() => refundableFrom(undefined, usd(1))).toThrow(refusing("wallet.not_found"));
    const theirs = completed(1, 5, { userId: CREATOR_ID });
    for (const deposit of [undefined, theirs])
      expect(() => namedDeposit(BRAND_ID, deposit)).toThrow(refusing("deposit.not_found"));
  });
});

describe("a request", () => {
  test("takes the money out of what can be spent, and promises it out of its deposits, the first ones first", () => {
    const deposits = [completed(1, 1_000, { refundedMinor: 400 }), completed(2, 3_000), completed(3, 9_000)];
    const { change, refund } = request(2_000, deposits);
    expect(refund).toMatchObject({
      userId: BRAND_ID,
      amount: usd(2_000),
      status: "requested",
      dueAt: "2026-11-25T12:10:00.000Z",
      parts: [
        { depositId: id(1), paymentIntentId: "pi_1", amountMinor: 600, status: "requested", booked: false },
        { depositId: id(2), paymentIntentId: "pi_2", amountMinor: 1_400, status: "requested", booked: false },
      ],
    });
    expect(
      change.entities.map(({ entity, next }) => [entity, next && "refundedMinor" in next && next.refundedMinor]),
    ).toEqual([
      ["refund", false],
      ["deposit", 1_000],
      ["deposit", 1_400],
    ]);
    expect(change.entries).toEqual([
      expect.objectContaining({
        key: `refund:${refund.id}`,
        type: "refund",
        lines: [
          { account: { of: "wallet", userId: BRAND_ID, account: "available" }, amount: -2_000 },
          { account: { of: "wallet", userId: BRAND_ID, account: "inFlight" }, amount: 2_000 },
        ],
      }),
    ]);
    expect(change.requires).toEqual([
      { owner: { userId: BRAND_ID, ownerStatus: "active" } },
      { balances: { userId: BRAND_ID, disputesReceivable: 0 } },
    ]);
    expect(change.events).toEqual([
      { type: "refund.requested", detail: { refundId: refund.id, userId: BRAND_ID, amount: usd(2_000) } },
    ]);
    expect(change.audit).toMatchObject({ action: "refund.requested" });
  });

  test.each<[string, readonly Deposit[]]>([
    ["none", []],
    ["too little", [completed(1, 1_999)]],
    ["some given back", [completed(1, 5_000, { refundedMinor: 3_001 })]],
    ["some disputed", [completed(1, 5_000, { disputedMinor: 3_001 })]],
    ["none that was paid", [aDeposit({ amount: usd(9_000) })]],
  ])("is refused when the deposits hold less: %s", (_what, deposits) => {
    expect(() => request(2_000, deposits)).toThrow(refusing("refund.exceeds_deposits"));
  });
});
