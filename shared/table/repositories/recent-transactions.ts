import type { Instant } from "#shared/domain/kernel/time";
import { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { TableEngine } from "#shared/table/engine";
import { listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, newestFirst } from "./pages.ts";

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
