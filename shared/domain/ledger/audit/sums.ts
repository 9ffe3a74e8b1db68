/** Sums over entries: of every account, of every currency, and what the processor must hold for us. */
import type { Currency, Money } from "../../kernel/money.ts";
import type { JournalEntry } from "../journal-entry.ts";
import { accountName } from "../account.ts";

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
  entries: readonly JournalEntry[],
): Map<string, { readonly currency: Currency; readonly balance: number }> {
  const sums = new Map<string, { readonly currency: Currency; readonly balance: number }>();
  for (const { currency, lines } of entries) {
    for (const { account, amount } of lines) {
      const name = `${accountName(account)} ${currency}`;
      sums.set(name, { currency, balance: (sums.get(name)?.balance ?? 0) + amount });
    }
  }
  return sums;
}

export function sumsByCurrency(entries: readonly JournalEntry[]): CurrencySum[] {
  const sums = new Map<Currency, { debits: number; credits: number }>();
  for (const { currency, lines } of entries) {
    const sum = sums.get(currency) ?? { debits: 0, credits: 0 };
    for (const { amount } of lines) sum[amount < 0 ? "debits" : "credits"] += Math.abs(amount);
    sums.set(currency, sum);
  }
  return [...sums].map(([currency, sum]) => ({ currency, ...sum }));
}

/** What our books say the processor must hold for us, against what it holds. */
export function liabilitiesOf(entries: readonly JournalEntry[], held: readonly Money[]): Liability[] {
  const sums = balances(entries);
  const stripe = new Map(held.map(({ currency, amount }) => [currency, amount]));
  const currencies = new Set([...entries.map(({ currency }) => currency), ...stripe.keys()]);
  return [...currencies].sort().map((currency) => {
    const ledger = 0 - (sums.get(`platform:stripe_balance ${currency}`)?.balance ?? 0);
    const there = stripe.get(currency) ?? 0;
    return { currency, ledger, stripe: there, difference: there - ledger };
  });
}
