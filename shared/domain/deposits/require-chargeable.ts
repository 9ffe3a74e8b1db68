import { type Currency, formatMoney, type Money, money } from "../kernel/money.ts";
import { refuse } from "../kernel/refusal.ts";
import { paymentStepMinor, stepDetail } from "../processor/amount-steps.ts";
import { depositRefusals } from "./refusals.ts";

/**
 * Least that can be charged, in minor units. Source: docs.stripe.com/currencies#minimum-and-maximum-charge-amounts.
 * Currencies it does not list have a minimum that depends on the day's rate: the processor itself refuses those.
 */
const minimumMinor: Partial<Record<Currency, number>> = {
  AUD: 50, BRL: 50, CAD: 50, CHF: 50, CZK: 1_500, DKK: 250, EUR: 50, GBP: 30, HKD: 400, HUF: 17_500, INR: 50, JPY: 50,
  MXN: 1_000, MYR: 200, NOK: 300, NZD: 50, PLN: 200, RON: 200, SEK: 300, SGD: 50, THB: 1_000, USD: 50,
}; // prettier-ignore

/** Refuses what the processor could not charge, before anything is asked of it. */
export function requireChargeable(amount: Money): void {
  const least = minimumMinor[amount.currency] ?? 1;
  if (amount.amount < least) {
    throw refuse(depositRefusals.belowMinimum, `The least is ${formatMoney(money(least, amount.currency))}`);
  }
  const step = paymentStepMinor(amount.currency);
  if (amount.amount % step !== 0) throw refuse(depositRefusals.notChargeable, stepDetail(step, amount.currency));
}
