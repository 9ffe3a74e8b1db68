import type { Change } from "#shared/domain/change";
import type { EntityName } from "#shared/domain/entities";
import type { Occasion } from "#shared/domain/kernel/occasion";

/** The client's claim to an Idempotency-Key, completed in the same transaction as the change. */
export interface IdempotencyClaim {
  /** Names the record: caller, route and key. */
  readonly digest: string;
  /** This attempt's own mark; another attempt that took over makes the commit fail. */
  readonly attempt: string;
  /** Of the request's meaning. */
  readonly requestHash: string;
  /** Status the stored response is replayed with. */
  readonly status: number;
  /** Missing: kept for ever. */
  readonly expiresAtSeconds?: number;
}

/** Who commits, when, and on whose request. */
export interface CommitContext extends Occasion {
  readonly requestId: string;
  readonly claim?: IdempotencyClaim;
  /** What the action declared it writes; anything else is a defect and is not written. */
  readonly writes: { readonly entities: ReadonlySet<EntityName>; readonly ledger: boolean };
}

/** Something the change was decided on is no longer so. Nothing was written: read again, decide again. */
export class StaleState extends Error {
  constructor(what: readonly string[]) {
    super(`changed meanwhile: ${what.join(", ")}`);
    this.name = "StaleState";
  }
}

export interface Changes {
  /**
   * Writes a change whole: every thing under the condition that it still is what it was, journals with their balances
   * bounded at zero, the outbox events, the audit row, and the response under the claimed Idempotency-Key.
   * A lost reply is resolved by repeating under one token; it never applies twice.
   * @throws StaleState when anything was not as the change says.
   */
  commit(context: CommitContext, change: Change, reply: unknown): Promise<void>;
}
