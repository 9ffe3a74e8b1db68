import { OwnError } from "#shared/domain/kernel/own-error";
import type { Change } from "#shared/domain/change";
import type { Committable } from "#shared/domain/entities";
import type { Occasion } from "#shared/domain/kernel/occasion";
import type { StoredKind } from "#shared/table/items/index";
import type { IdempotencyClaim, StoredReply } from "./idempotency.ts";

/** Who commits, when, and on whose request. */
export interface CommitContext extends Occasion {
  readonly requestId: string;
  /** The key that the request came under, and what it is answered. */
  readonly completes?: { readonly claim: IdempotencyClaim; readonly reply: StoredReply };
  /** What the action declared it writes; anything else is a defect and is not written. */
  readonly writes: ReadonlySet<Committable>;
}

/** Something the change was decided on is no longer so. Nothing was written: read again, decide again. */
export class StaleState extends OwnError {
  /** Kinds of the things that have changed. */
  readonly what: readonly StoredKind[];

  constructor(what: readonly StoredKind[]) {
    super(`changed meanwhile: ${what.join(", ")}`);
    this.name = "StaleState";
    this.what = what;
  }
}

/** Others were at work on the same things, or capacity was short, until the call's time was up. Nothing was written. */
export class Contended extends OwnError {
  constructor(options?: ErrorOptions) {
    super("the table stayed contended", options);
    this.name = "Contended";
  }
}

export interface Changes {
  /**
   * Writes a change whole: every thing under the condition that it still is what it was, journals with their balances
   * bounded at zero, the outbox events, the audit row, and the response under the claimed Idempotency-Key.
   * A lost reply is resolved by repeating under one token; it never applies twice. Only a change of one thing and nothing
   * else may then be reported as stale although it was written: deciding again on what is stored finds it.
   * @throws StaleState when anything was not as the change says.
   * @throws Refusal `account.suspended` when whoever acts is no longer active.
   * @throws Contended when others kept its things busy until the call's time was up.
   * @throws OutcomeUnknown when the table did not say whether it is written, to the end: it may be.
   */
  commit(context: CommitContext, change: Change): Promise<void>;
  /**
   * Checks every condition under which `commit` would write this change, all at one moment, and writes nothing.
   * @throws what `commit` would, now.
   */
  rehearse(context: CommitContext, change: Change): Promise<void>;
}
