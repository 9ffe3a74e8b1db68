/** Which amounts can be paid in, given back and paid out, by currency. Source: docs.stripe.com/currencies. */
import { describe, expect, test } from "@jest/globals";
import { Currency, type Money, money } from "#shared/domain/kernel/money";
import { Refusal } from "#shared/domain/kernel/refusal";
import { MOST_EARNINGS, requestPayout } from "#shared/domain/payouts/request-payout";
import { refundableFrom, requestRefund } from "#shared/domain/refunds/request-refund";
import { payoutStepMinor } from "#shared/domain/processor/amount-steps";
import { requireChargeable } from "#shared/domain/deposits/require-chargeable";
import { PAYOUT_ID } from "../../support/builders.ts";
import { aDeposit, anEarning, aPayoutAccount, aWallet } from "../../support/money-builders.ts";
import { brand, creator, sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const PLENTY = 1_000_000_000;
const ern = (number: number) => `ern_${String(number).padStart(26, "0")}`;

const deposited = (amount: Money): void => requireChargeable(amount);
const refunded = (amount: Money): unknown =>
  refundableFrom(aWallet({ currency: amount.currency, available: PLENTY }), amount);
const paidOut = (currency: Currency, earned: readonly number[], amount?: Money, behind = 0) =>
  requestPayout(
    {
      wallet: aWallet({ currency, payable: earned.reduce((sum, one) => sum + one, behind) }),
      account: aPayoutAccount(),
      earnings: earned.map((one, at) => anEarning({ id: ern(at), amount: money(one, currency) })),
      minimums: {},
    },
    { id: PAYOUT_ID, amount },
    { actor: creator(), now, newId: sequentialIds() },
  ).payout;

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.refusal.code;
    throw error;
  }
}

const WHOLE = "wallet.amount_not_payable";
test.each<[string, Currency, number, readonly (string | undefined)[]]>([
  ["cents", "USD", 10_001, [undefined, undefined, undefined]],
  ["yen, which have no parts", "JPY", 10_001, [undefined, undefined, undefined]],
  ["whole forints", "HUF", 2_000_000, [undefined, undefined, undefined]],
  ["hundredths of a forint", "HUF", 2_000_045, [undefined, undefined, WHOLE]],
  ["tens of hundredths", "HUF", 2_000_050, [undefined, undefined, WHOLE]],
  ...(["BHD", "JOD", "KWD", "OMR", "TND"] as const).flatMap(
    (currency): [string, Currency, number, readonly (string | undefined)[]][] => [
      [`hundredths of a ${currency}`, currency, 12_340, [undefined, undefined, undefined]],
      [`thousandths of a ${currency}`, currency, 12_345, ["deposit.not_chargeable", WHOLE, WHOLE]],
    ],
  ),
])("of %s: paid in, given back, paid out", (_what, currency, minor, codes) => {
  const amount = money(minor, currency);
  expect(
    [deposited, refunded, () => paidOut(currency, [PLENTY], amount)].map((ask) => codeOf(() => ask(amount))),
  ).toEqual(codes);
});

test("a refusal says which field it is about, and what would do", () => {
  expect(() => paidOut("HUF", [PLENTY], money(2_000_045, "HUF"))).toThrow(
    expect.objectContaining({
      message: "Must be a multiple of 1.00 HUF",
      context: {
        errors: [{ pointer: "/amount/amount", code: "not_multiple_of", detail: "Must be a multiple of 1.00 HUF" }],
      },
    }),
  );
});

describe("all that can be paid out", () => {
  test.each<[Currency, readonly number[], number]>([
    ["USD", [1_234, 5], 1_239],
    ["HUF", [104_567], 104_500],
    ["HUF", [60_050, 60_049], 120_000],
    ["KWD", [12_345], 12_340],
    ["JPY", [1_001], 1_001],
  ])("of %s %j is %i; the rest stays payable", (currency, earned, amount) => {
    const payout = paidOut(currency, earned);
    expect(payout.amount).toEqual(money(amount, currency));
    expect(payout.parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(amount);
  });

  test("is an amount that the bank takes, in any currency, and leaves less than one step", () => {
    for (const currency of Currency.options) {
      const { amount } = paidOut(currency, [123_457, 987_654]).amount;
      const step = payoutStepMinor(currency);
      expect([currency, amount % step, 1_111_111 - amount < step]).toEqual([currency, 0, true]);
    }
  });

  test("of as many small earnings as one payout holds is rounded too, and asked for by its amount", () => {
    const small = Array.from({ length: MOST_EARNINGS }, () => 11);
    expect(paidOut("HUF", small, undefined, 50_000).amount).toEqual(money(600, "HUF"));
    expect(paidOut("HUF", small, money(600, "HUF"), 50_000).amount).toEqual(money(600, "HUF"));
    expect(codeOf(() => paidOut("HUF", small, money(500, "HUF"), 50_000))).toBe("payout.below_minimum");
    const tiny = Array.from({ length: MOST_EARNINGS }, () => 1);
    expect(codeOf(() => paidOut("HUF", tiny, undefined, 50_000))).toBe("payout.below_minimum");
  });
});

test("what an odd dispute has left of a deposit is given back in an amount that a card takes", () => {
  const kwd = (amount: number) => money(amount, "KWD");
  const completed = (number: number, disputedMinor: number) =>
    aDeposit({
      id: `dep_${String(number).padStart(26, "0")}`,
      status: "completed",
      amount: kwd(10_000),
      disputedMinor,
    });
  const ask = (amount: number) =>
    requestRefund(
      {
        wallet: aWallet({ currency: "KWD", available: 20_000 }),
        deposits: [completed(1, 4_005), completed(2, 0)],
        amount: kwd(amount),
      },
      { actor: brand(), now, newId: sequentialIds() },
    );
  expect(ask(6_000).refund.parts.map(({ amountMinor }) => amountMinor)).toEqual([5_990, 10]);
  expect(codeOf(() => ask(16_000))).toBe("refund.exceeds_deposits");
});
