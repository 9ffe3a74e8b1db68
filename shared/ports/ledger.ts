import type { Books } from "#shared/domain/ledger/audit/books";
import type { Period } from "#shared/domain/ledger/closing/close-day";
import type { Closing, LedgerClose } from "#shared/domain/ledger/closing/closing";
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
  /** The last day that was closed. May miss one that was closed a moment ago, but for yesterday. */
  lastClose(now: Instant): Promise<LedgerClose | undefined>;
  /** Strongly consistent. */
  close(day: string): Promise<LedgerClose | undefined>;
  /** What was posted after the last close until the end of a day. */
  period(last: LedgerClose | undefined, day: string): Promise<Period>;
  /** Strongly consistent; those that are there. */
  closings(accounts: readonly string[]): Promise<readonly Closing[]>;
  /** Everybody's, or one person's, newest first. */
  transactions(
    filter: { readonly userId?: string | undefined; readonly type?: TransactionType | undefined },
    page: PageRequest,
  ): Promise<Page<WalletTransaction>>;
}
