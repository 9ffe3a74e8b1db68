import { Currency, type Money } from "#shared/domain/kernel/money";

/** By currency. The account may hold currencies that no wallet can: they are not in our books. */
export function sumsOf(held: readonly { readonly amount: number; readonly currency: string }[]): Money[] {
  const sums = new Map<Currency, number>();
  for (const { amount, currency } of held) {
    const code = Currency.safeParse(currency.toUpperCase()).data;
    if (code !== undefined) sums.set(code, (sums.get(code) ?? 0) + amount);
  }
  return [...sums].map(([currency, amount]) => ({ amount, currency }));
}
