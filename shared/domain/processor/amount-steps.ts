/** Amounts that the processor does not move: it takes multiples of a step, by currency and by what it is asked for. */
import { type Currency, currencyExponents, formatMoney, type Money, money } from "../kernel/money.ts";
import { refuse } from "../kernel/refusal.ts";
import { walletRefusals } from "../wallets/refusals.ts";

/**
 * Of payments and refunds, in minor units: the last digit of a three-decimal currency is 0.
 * Source: docs.stripe.com/currencies#three-decimal, which names payment intents, refunds and disputes.
 */
export const paymentStepMinor = (currency: Currency): number => (currencyExponents[currency] === 3 ? 10 : 1);

/**
 * Of payouts to a bank: whole forints, though hundredths can be charged. The Taiwan dollar has the same rule, and no wallet
 * holds it. Of three-decimal currencies Stripe says nothing here; they keep the step that they came in by. A transfer between
 * accounts takes any amount, but the payout that follows it is of the same one.
 * Source: docs.stripe.com/currencies#special-cases.
 */
export const payoutStepMinor = (currency: Currency): number => (currency === "HUF" ? 100 : paymentStepMinor(currency));

/** The most of an amount that is a multiple of the step. */
export const roundedDown = (amountMinor: number, stepMinor: number): number => amountMinor - (amountMinor % stepMinor);

export const stepDetail = (stepMinor: number, currency: Currency): string =>
  `Must be a multiple of ${formatMoney(money(stepMinor, currency))}`;

/** Refuses an amount of a request's `amount` that the processor would. */
export function requireStep({ amount, currency }: Money, stepMinor: number): void {
  if (amount % stepMinor === 0) return;
  const detail = stepDetail(stepMinor, currency);
  const errors = [{ pointer: "/amount/amount", code: "not_multiple_of", detail }];
  throw refuse(walletRefusals.amountNotPayable, detail, { errors });
}
