import type { Change, Requirement } from "#shared/domain/change";
import { type Actor, isSystem } from "#shared/domain/kernel/actor";
import { refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { type Changes, type CommitContext, StaleState } from "#shared/ports/changes";
import { ConditionsFailed, type Operation, type TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items, kindOf, type StoredKind } from "#shared/table/items/index";
import { completionOf } from "./idempotency.ts";
import { keyOf, planChange } from "./plan.ts";

/** Writes changes to the table; see the port for what it promises. */
export function storedChanges(table: TableEngine): Changes {
  return {
    async commit(context, change) {
      const operations = [
        ...planChange(withActiveActor(change, context), context),
        ...(context.completes ? [completionOf(context.completes.claim, context.completes.reply)] : []),
      ];
      await heldTo(context, operations, () => writeAll(table, operations));
    },
    async rehearse(context, change) {
      const checks = planChange(withActiveActor(change, context), context).flatMap(checkOf);
      await heldTo(context, checks, () => table.transact(checks));
    },
  };
}

/** What a write is conditional on, without the write. What is new under a key of its own, like an event, has no condition to check. */
function checkOf(operation: Operation): Operation[] {
  const key = { pk: keyOf(operation).pk, sk: keyOf(operation).sk };
  const isNew = operation.when.any === true || recorded.includes(kindOf(key));
  return isNew ? [] : [{ kind: "check", key, when: operation.when }];
}
const recorded: readonly StoredKind[] = ["outboxEvent", "auditEntry", "walletTransaction"];

/** What the conditions' failure means to whoever decided the change. */
async function heldTo(
  { actor }: CommitContext,
  operations: readonly Operation[],
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ConditionsFailed)) throw error;
    const stale = operations.filter((_, position) => error.failed.includes(position));
    if (stale.some(checksAccountOf(actor))) throw refuse(accessRefusals.suspended);
    throw new StaleState(stale.map((one) => kindOf(keyOf(one))));
  }
}

/** Who acts was asked before the rule was: no decision made again would find them active. */
const checksAccountOf =
  ({ userId }: Actor) =>
  (operation: Operation): boolean =>
    operation.kind === "check" && operation.key.pk === itemKey(items.account, { id: userId }).pk;

/** A single thing needs no transaction, at twice the price: its version or absence holds it to once. */
function writeAll(table: TableEngine, operations: readonly Operation[]): Promise<void> {
  const [only, ...others] = operations;
  const standsAlone = others.length === 0 && (only?.kind === "put" || only?.kind === "remove");
  return standsAlone ? table.write(only) : table.transact(operations);
}

/** A suspension that races a person's command is decided here: the account must be active in the same transaction. */
function withActiveActor(change: Change, { actor }: CommitContext): Change {
  const ownAccountWritten = change.entities.some(
    ({ entity, was, next }) => entity === "account" && (next ?? was)?.id === actor.userId,
  );
  if (isSystem(actor) || ownAccountWritten) return change;
  const active: Requirement = { activeAccount: actor.userId };
  const others = (change.requires ?? []).filter(
    (one) => !("activeAccount" in one && one.activeAccount === actor.userId),
  );
  return { ...change, requires: [...others, active] };
}
