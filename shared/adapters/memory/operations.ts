/** Operations on a map of items, as DynamoDB carries them out. */
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Condition, Item, Key, Operation } from "#shared/table/engine";

const MAX_OPERATIONS = 100;
export type Items = Map<string, Item>;
export const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
export const keyOf = (operation: Operation): Key => (operation.kind === "put" ? operation.item : operation.key);
export const targetOf = (operation: Operation): string => nameOf(keyOf(operation));

/** @throws Error for what no transaction may be. */
export function requireTransaction(operations: readonly Operation[]): void {
  const names = operations.map(targetOf);
  if (operations.length > MAX_OPERATIONS) throw new OwnError(`a transaction of ${operations.length} operations`);
  if (new Set(names).size !== names.length) throw new OwnError(`two operations on one item: ${names.join(" ")}`);
}

/** Whether an operation's condition holds now. */
export const isMet = (items: Items, operation: Operation): boolean =>
  holds(items.get(targetOf(operation)), operation.when);

export function apply(items: Items, operation: Operation): void {
  const name = targetOf(operation);
  if (operation.kind === "put") items.set(name, withoutUndefined(operation.item));
  if (operation.kind === "remove") items.delete(name);
  if (operation.kind !== "add") return;
  const was: Item = items.get(name) ?? { ...operation.key };
  const sums = Object.entries(operation.add).map(([attribute, delta]): [string, number] => [
    attribute,
    Number(was[attribute] ?? 0) + delta,
  ]);
  items.set(name, withoutUndefined({ ...was, ...Object.fromEntries(sums), ...operation.set }));
}

function holds(item: Item | undefined, condition: Condition): boolean {
  if (condition.any) return true;
  if (condition.absent) return item === undefined;
  if (item === undefined) return false;
  return (
    Object.entries(condition.equals ?? {}).every(([attribute, value]) => item[attribute] === value) &&
    Object.entries(condition.atLeast ?? {}).every(([attribute, value]) => Number(item[attribute]) >= value)
  );
}

const withoutUndefined = (item: Item): Item =>
  Object.fromEntries(Object.entries(structuredClone(item)).filter(([, value]) => value !== undefined));
