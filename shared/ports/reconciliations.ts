import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { Reconciliation } from "#shared/domain/reconciliations/reconciliation";

export interface Reconciliations {
  /** @param date UTC, `YYYY-MM-DD` */
  of(date: string): Promise<Reconciliation | undefined>;
  /** Those that are there, in no order. */
  some(dates: readonly string[]): Promise<readonly Reconciliation[]>;
}

export interface ProcessorStatements {
  /** Every movement of the processor's money that was made from `from` (included) to `to` (excluded), in no order. */
  movements(from: string, to: string): Promise<readonly ProcessorMovement[]>;
  /** Those of one of the processor's types alone. */
  movementsOfType(type: string, from: string, to: string): Promise<readonly ProcessorMovement[]>;
  /**
   * Every movement of these objects and of what they belong to, on whatever day: of a payment with its refunds and disputes, of
   * a transfer with its reversals, or a single one by its balance transaction's id. Empty when the processor knows none of them.
   */
  about(objectIds: readonly string[]): Promise<readonly ProcessorMovement[]>;
  /**
   * One of them, by the balance transaction's id. Undefined when the processor knows none, or one in a currency or of a balance
   * that the books do not follow.
   */
  movement(id: string): Promise<ProcessorMovement | undefined>;
}
