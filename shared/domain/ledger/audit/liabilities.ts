/** What the books come to, by currency. */
import type { Currency, Money } from "../../kernel/money.ts";
import { balancesIn, platformIn, type TrialBalance } from "../trial-balance.ts";

export interface CurrencySum {
  readonly currency: Currency;
  /** Of accounts that grow by debits. */
  readonly debits: number;
  /** Of accounts that grow by credits. */
  readonly credits: number;
}
export interface Liability {
  readonly currency: Currency;
  /** What the books say the processor holds for us. */
  readonly ledger: number;
  readonly stripe: number;
  readonly difference: number;
  /** What the house owes the account at the processor, whose fees came out of other people's money. */
  readonly topUp: number;
}

export const sumsOf = (trial: TrialBalance): CurrencySum[] =>
  inOrder(trial.keys()).map((currency) => {
    const { asset, expense, liability, equity, revenue } = balancesIn(trial, currency);
    return { currency, debits: asset + expense, credits: liability + equity + revenue };
  });

export function liabilitiesOf(trial: TrialBalance, held: readonly Money[]): Liability[] {
  const stripe = new Map(held.map(({ currency, amount }) => [currency, amount]));
  return inOrder([...trial.keys(), ...stripe.keys()]).map((currency) => {
    const balances = balancesIn(trial, currency);
    const [ledger, there] = [platformIn(balances, "stripe_balance"), stripe.get(currency) ?? 0];
    // What has reached somebody's own account there is theirs already, until their bank has it.
    const owed = balances.liability - platformIn(balances, "connected_balance");
    return { currency, ledger, stripe: there, difference: there - ledger, topUp: Math.max(owed - ledger, 0) };
  });
}

const inOrder = (currencies: Iterable<Currency>): Currency[] => [...new Set(currencies)].sort();
