import { schema } from "#shared/table/schema";
import { type TableDriver, tableOver } from "#shared/table/driver";
import {
  ConditionsFailed,
  type Item,
  type Key,
  type Operation,
  type Query,
  type QueryResult,
  type TableEngine,
} from "#shared/table/engine";
import { apply, copyOf, isMet, Items, nameOf, requireTransaction } from "./operations.ts";

/** The table in memory, for tests, with a look inside. One suite holds it to what DynamoDB does. */
export interface MemoryTable extends TableEngine {
  /** Every item, or every one that is wanted, in order of its key. */
  all(isWanted?: (item: Item) => boolean): readonly Item[];
}

/**
 * Nobody ever meets another here: contended-table.ts is where they do.
 *
 * @param there what is in it from the beginning
 */
export function memoryTable(there: readonly (Item & Key)[] = []): MemoryTable {
  const items = new Items();
  for (const item of there) items.set(nameOf(item), item);
  return { ...tableOver({ ...reads(items), ...writes(items) }), all: (isWanted) => inOrder(items, isWanted) };
}

/** Copies are made of what is wanted alone: tests look often. */
export const inOrder = (items: Items, isWanted: (item: Item) => boolean = () => true): readonly Item[] =>
  [...items]
    .filter(([, item]) => isWanted(item))
    .sort(([a], [b]) => compare(a, b))
    .map(([, item]) => copyOf(item));

/** What a driver reads, at once. */
export const reads = (items: Items): Pick<TableDriver, "get" | "getBatch" | "query"> => ({
  get: (key) => Promise.resolve(copyOf(items.get(nameOf(key)))),
  getBatch: (keys) => {
    const found = keys.map((key) => copyOf(items.get(nameOf(key)))).filter((item) => item !== undefined);
    return Promise.resolve({ items: found, left: [] });
  },
  query: (query) => Promise.resolve(runQuery(items, query)),
});

function writes(items: Items): Pick<TableDriver, "transact" | "write"> {
  const transact = async (operations: readonly Operation[]): Promise<void> => {
    requireTransaction(operations);
    const failed = operations.flatMap((operation, position) => (isMet(items, operation) ? [] : [position]));
    if (failed.length > 0) throw new ConditionsFailed(failed);
    for (const operation of operations) apply(items, operation);
  };
  return { transact, write: (operation) => transact([operation]) };
}

function runQuery(items: Items, query: Query): QueryResult {
  const at = query.index === undefined ? schema : schema.indexes[query.index];
  const sortKeyOf = (item: Item): string => String(item[at.sortKey]);
  // Items with equal index keys are told apart by the table's own key, as DynamoDB does.
  const order = (item: Item): string => JSON.stringify([sortKeyOf(item), item["pk"], item["sk"]]);
  const direction = query.descending ? -1 : 1;
  const matching = [...items.in(at.partitionKey, query.partition)]
    .filter((item) => item[at.sortKey] !== undefined)
    .filter((item) => query.prefix === undefined || sortKeyOf(item).startsWith(query.prefix))
    .filter((item) => !query.between || (sortKeyOf(item) >= query.between[0] && sortKeyOf(item) <= query.between[1]))
    .map((item) => ({ item, place: order(item) }))
    .sort((a, b) => direction * compare(a.place, b.place))
    .map(({ item }) => item);
  const after = query.after;
  refuseElsewhere(query, at.partitionKey);
  const rest = after ? matching.filter((item) => direction * compare(order(item), order(after)) > 0) : matching;
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  const attributes = [...new Set([schema.partitionKey, schema.sortKey, at.partitionKey, at.sortKey])];
  const more = rest.length >= query.limit && last !== undefined;
  const keysOf = (item: Item) => Object.fromEntries(attributes.map((name) => [name, String(item[name])]));
  return {
    items: query.index === undefined ? copyOf(page) : page.map(keysOf),
    ...(more && { next: keysOf(last) }),
  };
}

/** As DynamoDB does: a start must be within the query. */
function refuseElsewhere({ partition, after }: Query, partitionKey: string): void {
  if (after && after[partitionKey] !== partition) throw new Error("a query that goes on in another partition");
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
