import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { ProcessorMovement } from "#shared/domain/reconciliations/processor-movement";
import type { Reconciliation } from "#shared/domain/reconciliations/reconciliation";

export interface Reconciliations {
  /** @param date UTC, `YYYY-MM-DD` */
  of(date: string): Promise<Reconciliation | undefined>;
  /** Every entry that was booked on one of these UTC days, as an index has them: the latest may be missing for a moment. */
  entriesOf(dates: readonly string[]): Promise<readonly JournalEntry[]>;
}

export interface ProcessorStatements {
  /** Every movement of the processor's money that was made from `from` (included) to `to` (excluded), in no order. */
  movements(from: string, to: string): Promise<readonly ProcessorMovement[]>;
}
