/** Money that comes to a brand, or is taken from it, beside what a dispute has left it owing. */
import { type LedgerAccount, walletAccount } from "../ledger/account.ts";
import type { Line } from "../ledger/journal-entry.ts";
import type { Wallet } from "./wallet.ts";

type Funds = Pick<Wallet, "userId" | "available" | "disputesReceivable">;

/**
 * What comes to a brand pays what it owes first. Decided on `disputesReceivable` as it was read: the change requires it
 * unchanged (`sameBalances`), so that nobody has money and debts at once.
 */
export function creditLines(wallet: Omit<Funds, "available">, amountMinor: number): readonly Line[] {
  const repaid = Math.min(wallet.disputesReceivable, amountMinor);
  return [
    { account: of(wallet, "disputesReceivable"), amount: repaid },
    { account: of(wallet, "available"), amount: amountMinor - repaid },
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

const of = ({ userId }: Pick<Wallet, "userId">, account: "available" | "disputesReceivable"): LedgerAccount =>
  walletAccount(userId, account);
