/** Sums of all lines, by class of account and for the accounts of the house: what a day begins and ends with. */
import * as z from "zod";
import { Currency } from "../kernel/money.ts";
import {
  type AccountClass,
  classOf,
  type LedgerAccount,
  onNormalSide,
  PlatformAccount,
  platformAccounts,
} from "./account.ts";
import type { JournalEntry } from "./journal-entry.ts";

/** Minor units, each on its normal side. */
export const Balances = z.object({
  asset: z.int(),
  liability: z.int(),
  /** None in a close from before the chart had it. */
  equity: z.int().default(0),
  revenue: z.int(),
  expense: z.int(),
  /** What the house itself holds, earned and spent; each is in its class as well. */
  platform: z.partialRecord(PlatformAccount, z.int()),
});
export type Balances = z.infer<typeof Balances>;

/** By currency. */
export type TrialBalance = ReadonlyMap<Currency, Balances>;

const noBalances: Balances = { asset: 0, liability: 0, equity: 0, revenue: 0, expense: 0, platform: {} };

/** Undefined for an account that the chart does not have. */
export const knownClassOf = (account: LedgerAccount): AccountClass | undefined =>
  ["platform", "wallet", "campaign"].includes(account.of) ? classOf(account) : undefined;

/** A trial balance with these entries posted. Lines on accounts that the chart does not have are left out. */
export function posted(opening: TrialBalance, entries: readonly JournalEntry[]): TrialBalance {
  const sums = new Map([...opening].map(([currency, balances]) => [currency, structuredClone(balances)]));
  for (const { currency, lines } of entries) {
    const balances = sums.get(currency) ?? structuredClone(noBalances);
    sums.set(currency, balances);
    for (const { account, amount } of lines) {
      const its = knownClassOf(account);
      if (its === undefined) continue;
      const onItsSide = onNormalSide(account, amount);
      balances[its] += onItsSide;
      if (account.of === "platform")
        balances.platform[account.account] = platformIn(balances, account.account) + onItsSide;
    }
  }
  return sums;
}

/** One of the house's accounts. */
export const platformIn = ({ platform }: Balances, account: PlatformAccount): number => platform[account] ?? 0;

/** What is people's and campaigns' of a class: all but the house's own. */
export const othersIn = (balances: Balances, its: AccountClass): number =>
  PlatformAccount.options
    .filter((account) => platformAccounts[account] === its)
    .reduce((sum, account) => sum - platformIn(balances, account), balances[its]);

/** What all accounts sum to, credits positive: nothing, in books that balance. */
export const sumOf = ({ asset, liability, equity, revenue, expense }: Balances): number =>
  liability + equity + revenue - asset - expense;

/** The currency's balances, nothing where it was never used. */
export const balancesIn = (trial: TrialBalance, currency: Currency): Balances => trial.get(currency) ?? noBalances;
