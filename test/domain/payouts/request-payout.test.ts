import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { minimumOf } from "#shared/domain/payouts/minimum";
import { MOST_EARNINGS, partsOf, type PayableState, requestPayout } from "#shared/domain/payouts/request-payout";
import { leftOf } from "#shared/domain/wallets/earning";
import { accountName } from "#shared/domain/ledger/account";
import { CREATOR_ID, PAYOUT_ID } from "../../support/builders.ts";
import { anEarning, aPayoutAccount, aWallet } from "../../support/money-builders.ts";
import { creator, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const occasion = () => ({ actor: creator(), now, newId: sequentialIds() });
const usd = (amount: number) => ({ amount, currency: "USD" as const });
const ern = (number: number) => `ern_${String(number).padStart(26, "0")}`;

const state: PayableState = {
  wallet: aWallet({ userId: CREATOR_ID, payable: 15_000 }),
  account: aPayoutAccount(),
  earnings: [
    anEarning({ id: ern(1), amount: usd(10_000), allocatedMinor: 4_000 }),
    anEarning({ id: ern(2), amount: usd(9_000) }),
  ],
  minimums: {},
};
const request = (parts: Partial<PayableState> = {}, amount?: ReturnType<typeof usd>) =>
  requestPayout({ ...state, ...parts }, { id: PAYOUT_ID, amount }, occasion());
const refusing = (act: () => unknown, code: string) =>
  expect(act).toThrow(expect.objectContaining({ refusal: expect.objectContaining({ code }) }));

describe("a payout's request", () => {
  test("takes all that can be paid out, the oldest earning first, and says how much of each", () => {
    const { payout, change } = request();
    expect(payout).toMatchObject({
      amount: usd(15_000),
      status: "requested",
      step: "transfer",
      dueAt: "2026-11-25T12:10:00.000Z",
      parts: [
        { earningId: ern(1), amountMinor: 6_000 },
        { earningId: ern(2), amountMinor: 9_000 },
      ],
    });
    const [entry] = change.entries ?? [];
    expect(entry?.key).toBe(`payout:${PAYOUT_ID}`);
    expect(entry?.lines.map(({ account, amount }) => [accountName(account), amount])).toEqual([
      [`wallet:${CREATOR_ID}:payable`, -15_000],
      [`wallet:${CREATOR_ID}:inFlight`, 15_000],
    ]);
    expect(change.requires).toEqual([{ owner: { userId: CREATOR_ID, ownerStatus: "active" } }]);
    expect(change.events).toEqual([{ type: "payout.step_due", detail: { payoutId: PAYOUT_ID } }]);
  });

  test("of sixty earnings worth less than the least is made when more lie behind them, and only of all sixty", () => {
    const earnings = Array.from({ length: MOST_EARNINGS }, (_, at) => anEarning({ id: ern(at), amount: usd(10) }));
    const wallet = aWallet({ userId: CREATOR_ID, payable: 10_600 });
    expect(request({ wallet, earnings }).payout.amount).toEqual(usd(600));
    refusing(() => request({ wallet, earnings }, usd(599)), "payout.below_minimum");
    refusing(() => request({ wallet, earnings }, usd(10_600)), "payout.too_many_earnings");
    refusing(() => request({ wallet: { ...wallet, payable: 600 }, earnings }), "payout.below_minimum");
  });

  test("of part of it leaves the rest of an earning for later", () => {
    const { payout, change } = request({}, usd(7_500));
    expect(payout.parts).toEqual([
      { earningId: ern(1), amountMinor: 6_000 },
      { earningId: ern(2), amountMinor: 1_500 },
    ]);
    const allocated = change.entities.flatMap(({ entity, next }) =>
      entity === "earning" && next ? [[next.id, next.allocatedMinor]] : [],
    );
    expect(allocated).toEqual([
      [ern(1), 10_000],
      [ern(2), 1_500],
    ]);
  });

  test.each<[string, Partial<PayableState>, ReturnType<typeof usd> | undefined, string]>([
    ["without a wallet", { wallet: undefined }, undefined, "wallet.not_found"],
    [
      "while suspended",
      { wallet: aWallet({ payable: 15_000, ownerStatus: "suspended" }) },
      undefined,
      "account.suspended",
    ],
    ["without an account", { account: undefined }, undefined, "payout.no_account"],
    [
      "with one that is not ready",
      { account: aPayoutAccount({ payoutsEnabled: false }) },
      undefined,
      "payout.no_account",
    ],
    ["beyond what can be paid out", {}, usd(15_001), "payout.exceeds_available"],
    ["below the least", {}, usd(999), "payout.below_minimum"],
    ["below a configured least", { minimums: { USD: 20_000 } }, undefined, "payout.below_minimum"],
    ["with nothing to pay out", { wallet: aWallet({ payable: 0 }), earnings: [] }, undefined, "payout.below_minimum"],
    [
      "of more earnings than one holds",
      { earnings: state.earnings.slice(0, 1) },
      usd(15_000),
      "payout.too_many_earnings",
    ],
  ])("is refused %s", (_when, parts, amount, code) => {
    refusing(() => request(parts, amount), code);
  });

  test("in another currency is refused, and names what the processor still asks for", () => {
    refusing(
      () => requestPayout(state, { id: PAYOUT_ID, amount: { amount: 5_000, currency: "EUR" } }, occasion()),
      "wallet.currency_mismatch",
    );
    const account = aPayoutAccount({
      payoutsEnabled: false,
      status: "onboarding",
      requirementsDue: ["external_account"],
    });
    expect(() => request({ account })).toThrow("still asks for external_account");
  });

  test("onto an account that has no bank for its currency is refused: what goes there is converted, and never goes on", () => {
    refusing(() => request({ account: aPayoutAccount({ currencies: ["EUR", "GBP"] }) }), "wallet.currency_mismatch");
    expect(request({ account: aPayoutAccount({ currencies: ["EUR", "USD"] }) }).payout.amount).toEqual(usd(15_000));
  });

  test("without an amount and with more earnings than it holds pays what it holds", () => {
    expect(request({ earnings: state.earnings.slice(0, 1) }).payout.amount).toEqual(usd(6_000));
  });
});

test("parts sum to the amount, are never more than is left, and are taken in order", () => {
  const earnings = fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(earnings, fc.double({ min: 0, max: 1, noNaN: true }), (made, share) => {
      const all = made.map(([amount, taken], at) =>
        anEarning({ id: ern(at), amount: usd(amount), allocatedMinor: Math.floor(amount * taken) }),
      );
      const total = all.reduce((sum, one) => sum + leftOf(one), 0);
      const asked = Math.floor(total * share);
      const parts = partsOf(all, asked);
      expect(parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(asked);
      const left = new Map(all.map((one) => [one.id, leftOf(one)]));
      parts.forEach(({ earningId, amountMinor }, at) => {
        expect(amountMinor).toBeGreaterThan(0);
        const whole = left.get(earningId) ?? 0;
        if (at < parts.length - 1) expect(amountMinor).toBe(whole);
        else expect(amountMinor).toBeLessThanOrEqual(whole);
      });
      const order = parts.map(({ earningId }) => earningId);
      expect(order).toEqual([...order].sort());
    }),
    { numRuns: 500, seed: 11 },
  );
});

test.each([
  ["USD", 1_000],
  ["JPY", 10],
  ["KWD", 10_000],
] as const)("the least in %s is ten of it", (currency, amount) => {
  expect(minimumOf(currency, {})).toEqual({ amount, currency });
  expect(minimumOf(currency, { [currency]: 7 })).toEqual({ amount: 7, currency });
});
