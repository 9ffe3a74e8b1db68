import type { Change, Requirement } from "#shared/domain/change";
import { type Actor, isSystem } from "#shared/domain/kernel/actor";
import { refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { type Changes, type CommitContext, StaleState } from "#shared/ports/changes";
import { ConditionsFailed, type Operation, type TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items, kindOf, type StoredKind } from "#shared/table/items/index";
import { storedCallers } from "./callers.ts";
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
      await heldTo(table, context, operations, () => writeAll(table, operations));
    },
    async rehearse(context, change) {
      const checks = planChange(withActiveActor(change, context), context).flatMap(checkOf);
      await heldTo(table, context, checks, () => table.transact(checks));
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
  table: TableEngine,
  { actor }: CommitContext,
  operations: readonly Operation[],
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ConditionsFailed)) throw error;
    const stale = operations.filter((_, position) => error.failed.includes(position));
    if (stale.some((one) => kindOf(keyOf(one)) === "apiKey")) throw refuse(accessRefusals.unknownKey);
    if (stale.some(isAccountOf(actor))) await requireStanding(table, actor);
    throw new StaleState(stale.map((one) => kindOf(keyOf(one))));
  }
}

const isAccountOf =
  ({ userId }: Actor) =>
  (operation: Operation): boolean =>
    keyOf(operation).pk === itemKey(items.account, { id: userId }).pk;

/**
 * Who acts was asked before the rule was: no decision made again would find them active, or in a role they had.
 * @throws Refusal as at the door, unless it was something else about their account that changed
 */
async function requireStanding(table: TableEngine, { userId, roles }: Actor): Promise<void> {
  const standing = await storedCallers(table).standing(userId);
  if (standing?.status !== "active") throw refuse(accessRefusals.suspended);
  if (!roles.every((role) => standing.roles.includes(role))) throw refuse(accessRefusals.roleNotAllowed);
}

/** A single thing needs no transaction, at twice the price: its version or absence holds it to once. */
function writeAll(table: TableEngine, operations: readonly Operation[]): Promise<void> {
  const [only, ...others] = operations;
  const standsAlone = others.length === 0 && (only?.kind === "put" || only?.kind === "remove");
  return standsAlone ? table.write(only) : table.transact(operations);
}

/**
 * A ban, a demotion or a key's end that races a person's command is decided here: in the same transaction, the account must be
 * active and hold the roles that the command was let in with, and the key that it came by must be there. Also where it is their
 * own account that they write.
 */
function withActiveActor(change: Change, { actor }: CommitContext): Change {
  if (isSystem(actor)) return change;
  const { userId, roles, apiKeyId } = actor;
  const byKey: Requirement[] = apiKeyId === undefined ? [] : [{ validApiKey: apiKeyId }];
  return { ...change, requires: [...(change.requires ?? []), { activeAccount: userId, roles }, ...byKey] };
}
