import { type Instant, isWithin, type Span } from "#shared/domain/kernel/time";
import type { TransactionType } from "#shared/domain/ledger/journal-entry";
import { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { TableEngine } from "#shared/table/engine";
import { listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, newestFirst } from "./pages.ts";

interface TransactionFilter {
  readonly type?: TransactionType | undefined;
  readonly made?: Span | undefined;
}

export const isSoughtTransaction =
  ({ type, made = {} }: TransactionFilter) =>
  (transaction: WalletTransaction): boolean =>
    (type === undefined || transaction.type === type) && isWithin(made, transaction.createdAt);

/** A person's transactions back to an instant and the one before it, newest first; undefined when there are more than `most`. */
export async function recentTransactions(
  table: TableEngine,
  userId: string,
  from: Instant,
  most: number,
): Promise<readonly WalletTransaction[] | undefined> {
  const recent: WalletTransaction[] = [];
  const newest = newestFirst(listing(items.walletTransaction, { userId }));
  for await (const transaction of eachOf(table, newest, WalletTransaction)) {
    recent.push(transaction);
    if (transaction.createdAt < from) return recent;
    if (recent.length > most) return undefined;
  }
  return recent;
}
