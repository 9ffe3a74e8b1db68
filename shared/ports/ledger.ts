import type { Books } from "#shared/domain/ledger/audit/books";
import type { Closed, Period } from "#shared/domain/ledger/closing/close-day";
import type { Closing } from "#shared/domain/ledger/closing/closing";
import type { TransactionType } from "#shared/domain/ledger/journal-entry";
import type { Instant } from "#shared/domain/kernel/time";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { Page, PageRequest } from "./page.ts";

export interface Ledger {
  /**
   * Everything the auditor compares, of the last close and what came after it: read in the order that `Books` says, while
   * others write. What it costs follows from how many wallets and campaigns there are and what moved since the close, and
   * not from how long the history is.
   *
   * @param look from 0; a later one waits a moment first, for what an index lags behind
   */
  books(now: Instant, look?: number): Promise<Books>;
  /**
   * The days that can be closed, longest ago first: each as it was posted since the last close, and read when its turn comes,
   * so that the day before it can be closed first.
   */
  periodsToClose(now: Instant): AsyncIterable<Period>;
  /** Strongly consistent. */
  closing(account: string): Promise<Closing | undefined>;
  /** What there is by now of a day's close, with the closings of who moved until then. Strongly consistent. */
  closed(period: Period): Promise<Closed>;
  /** Everybody's, or one person's, newest first. */
  transactions(
    filter: { readonly userId?: string | undefined; readonly type?: TransactionType | undefined },
    page: PageRequest,
  ): Promise<Page<WalletTransaction>>;
}
