/** Sums over journals: of every account, of every currency, and what the processor must hold for us. */
import type { Currency, Money } from "../../kernel/money.ts";
import type { Journal } from "../journal.ts";
import { accountName } from "../ledger.ts";

export interface CurrencySum {
  readonly currency: Currency;
  readonly debits: number;
  readonly credits: number;
}
export interface Liability {
  readonly currency: Currency;
  readonly ledger: number;
  readonly stripe: number;
  readonly difference: number;
}

/** Balance of every account, by name. */
export function balances(
  journals: readonly Journal[],
): Map<string, { readonly currency: Currency; readonly balance: number }> {
  const sums = new Map<string, { readonly currency: Currency; readonly balance: number }>();
  for (const { currency, entries } of journals) {
    for (const { account, amount } of entries) {
      const name = `${accountName(account)} ${currency}`;
      sums.set(name, { currency, balance: (sums.get(name)?.balance ?? 0) + amount });
    }
  }
  return sums;
}

export function sumsByCurrency(journals: readonly Journal[]): CurrencySum[] {
  const sums = new Map<Currency, { debits: number; credits: number }>();
  for (const { currency, entries } of journals) {
    const sum = sums.get(currency) ?? { debits: 0, credits: 0 };
    for (const { amount } of entries) sum[amount < 0 ? "debits" : "credits"] += Math.abs(amount);
    sums.set(currency, sum);
  }
  return [...sums].map(([currency, sum]) => ({ currency, ...sum }));
}

/** What our books say the processor must hold for us, against what it holds. */
export function liabilitiesOf(journals: readonly Journal[], held: readonly Money[]): Liability[] {
  const sums = balances(journals);
  const stripe = new Map(held.map(({ currency, amount }) => [currency, amount]));
  const currencies = new Set([...journals.map(({ currency }) => currency), ...stripe.keys()]);
  return [...currencies].sort().map((currency) => {
    const ledger = 0 - (sums.get(`platform:stripe_clearing ${currency}`)?.balance ?? 0);
    const there = stripe.get(currency) ?? 0;
    return { currency, ledger, stripe: there, difference: there - ledger };
  });
}
