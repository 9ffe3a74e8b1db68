/** Money that comes to a brand, or is taken from it, beside what a dispute has left it owing. */
import { type Requirement, sameBalances } from "../change.ts";
import { type LedgerAccount, walletAccount } from "../ledger/account.ts";
import { noWalletDelta, walletDeltas } from "../ledger/figures.ts";
import type { Line } from "../ledger/journal-entry.ts";
import type { Wallet } from "./wallet.ts";

type Funds = Pick<Wallet, "userId" | "available" | "disputesReceivable">;

/** Where money goes, and what that was decided on. */
export interface Credit {
  readonly lines: readonly Line[];
  readonly requires: readonly Requirement[];
}

/**
 * What comes to a brand pays what it owes first, so that nobody has money and debts at once. Whoever writes it requires that
 * the debt is what it was; a brand that is credited nothing is not held.
 */
export function creditTo(wallet: Wallet, amountMinor: number): Credit {
  const lines = creditLines(wallet, amountMinor).filter(({ amount }) => amount !== 0);
  return { lines, requires: lines.length > 0 ? [sameBalances(wallet, ["disputesReceivable"])] : [] };
}

/**
 * The lines alone, for who requires more. Of a wallet that has money and debts, as what was taken back may leave it within a
 * change, the one pays the other.
 */
export function creditLines(wallet: Funds, amountMinor: number): readonly Line[] {
  const { available, disputesReceivable } = wallet;
  const left = available - disputesReceivable + amountMinor;
  return [
    { account: of(wallet, "disputesReceivable"), amount: disputesReceivable - Math.max(-left, 0) },
    { account: of(wallet, "available"), amount: Math.max(left, 0) - available },
  ];
}

/** What must be taken is taken from what is there, and owed for the rest. Decided on both figures as they were read. */
export function debitLines(wallet: Funds, amountMinor: number): readonly Line[] {
  const taken = Math.min(wallet.available, amountMinor);
  return [
    { account: of(wallet, "available"), amount: -taken },
    { account: of(wallet, "disputesReceivable"), amount: taken - amountMinor },
  ];
}

/** A brand's wallet once these lines are written. */
export function fundsAfter(wallet: Wallet, lines: readonly Line[]): Wallet {
  const { available, disputesReceivable } = walletDeltas(lines).get(wallet.userId) ?? noWalletDelta;
  return {
    ...wallet,
    available: wallet.available + available,
    disputesReceivable: wallet.disputesReceivable + disputesReceivable,
  };
}

const of = ({ userId }: Pick<Wallet, "userId">, account: "available" | "disputesReceivable"): LedgerAccount =>
  walletAccount(userId, account);
