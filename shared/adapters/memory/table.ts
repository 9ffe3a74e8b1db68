import { schema } from "#shared/table/schema";
import {
  type Condition,
  ConditionsFailed,
  type Item,
  type Key,
  type Operation,
  type Query,
  type QueryResult,
  refuseRepeatable,
  type TableEngine,
} from "#shared/table/engine";

/** The table in memory, for tests, with a look inside. One suite holds it to what DynamoDB does. */
export interface MemoryTable extends TableEngine {
  /** Every item, in order of its key. */
  all(): readonly Item[];
}

const MAX_OPERATIONS = 100;
const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
const keyOf = (operation: Operation): Key => (operation.kind === "put" ? operation.item : operation.key);

export function memoryTable(): MemoryTable {
  const items = new Map<string, Item>();
  return {
    get: (key) => Promise.resolve(structuredClone(items.get(nameOf(key)))),
    getMany: (keys) =>
      Promise.resolve(keys.map((key) => structuredClone(items.get(nameOf(key)))).filter((item) => item !== undefined)),
    query: (query) => Promise.resolve(runQuery([...items.values()], query)),
    transact: (operations) => Promise.resolve(operations).then((all) => transact(items, all)),
    write: async (operation) => {
      refuseRepeatable(operation);
      transact(items, [operation]);
    },
    all: () => [...items].sort(([a], [b]) => compare(a, b)).map(([, item]) => structuredClone(item)),
  };
}

function transact(items: Map<string, Item>, operations: readonly Operation[]): void {
  const names = operations.map((operation) => nameOf(keyOf(operation)));
  if (operations.length > MAX_OPERATIONS) throw new Error(`a transaction of ${operations.length} operations`);
  if (new Set(names).size !== names.length) throw new Error(`two operations on one item: ${names.join(" ")}`);
  const failed = operations.flatMap((operation, position) =>
    holds(items.get(nameOf(keyOf(operation))), operation.when) ? [] : [position],
  );
  if (failed.length > 0) throw new ConditionsFailed(failed);
  for (const operation of operations) apply(items, operation);
}

function apply(items: Map<string, Item>, operation: Operation): void {
  const name = nameOf(keyOf(operation));
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

function runQuery(items: readonly Item[], query: Query): QueryResult {
  const at = query.index === undefined ? schema : schema.indexes[query.index];
  const sortKeyOf = (item: Item): string => String(item[at.sortKey]);
  // Items with equal index keys are told apart by the table's own key, as DynamoDB does.
  const order = (item: Item): string => JSON.stringify([sortKeyOf(item), item["pk"], item["sk"]]);
  const direction = query.descending ? -1 : 1;
  const matching = items
    .filter((item) => item[at.partitionKey] === query.partition && item[at.sortKey] !== undefined)
    .filter((item) => query.prefix === undefined || sortKeyOf(item).startsWith(query.prefix))
    .filter((item) => !query.between || (sortKeyOf(item) >= query.between[0] && sortKeyOf(item) <= query.between[1]))
    .sort((a, b) => direction * compare(order(a), order(b)));
  const after = query.after;
  refuseElsewhere(query, at.partitionKey);
  const rest = after ? matching.filter((item) => direction * compare(order(item), order(after)) > 0) : matching;
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  const attributes = [...new Set([schema.partitionKey, schema.sortKey, at.partitionKey, at.sortKey])];
  const more = rest.length >= query.limit && last !== undefined;
  const keysOf = (item: Item) => Object.fromEntries(attributes.map((name) => [name, String(item[name])]));
  return {
    items: query.index === undefined ? structuredClone(page) : page.map(keysOf),
    ...(more && { next: keysOf(last) }),
  };
}

/** As DynamoDB does: a start must be within the query. */
function refuseElsewhere({ partition, after }: Query, partitionKey: string): void {
  if (after && after[partitionKey] !== partition) throw new Error("a query that goes on in another partition");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const withoutUndefined = (item: Item): Item =>
  Object.fromEntries(Object.entries(structuredClone(item)).filter(([, value]) => value !== undefined));
