/** What writing costs on DynamoDB, counted by its rules: emulators report other figures. */
import type { Item, Key, Operation, TableEngine } from "#shared/table/engine";
import { schema } from "#shared/table/schema";

/** One unit writes a kilobyte; a transaction prepares and commits, which is twice that. Indexes follow on their own. */
const UNIT_BYTES = 1_024;
const IN_TRANSACTION = 2;

export interface WriteUnits {
  readonly table: number;
  readonly indexes: number;
}
export type Projection = "ALL" | "KEYS_ONLY";

/** Counts what is written to a table from now on, for indexes that hold what `projection` says. */
export function writeMeter(table: TableEngine): (projection: Projection) => WriteUnits {
  const counted = { table: 0, ALL: 0, KEYS_ONLY: 0 };
  const count = async (operations: readonly Operation[], factor: number, write: () => Promise<void>): Promise<void> => {
    const keys = operations.map((operation) => (operation.kind === "put" ? operation.item : operation.key));
    const before = await Promise.all(keys.map((key) => table.get(onlyKey(key))));
    await write();
    const after = await Promise.all(keys.map((key) => table.get(onlyKey(key))));
    for (const [at] of operations.entries()) {
      counted.table += factor * Math.max(unitsOf(before[at]), unitsOf(after[at]), 1);
      for (const projection of ["ALL", "KEYS_ONLY"] as const)
        counted[projection] += indexUnits(before[at], after[at], projection);
    }
  };
  const [transact, write] = [table.transact.bind(table), table.write.bind(table)];
  Object.assign(table, {
    transact: (operations: readonly Operation[]) => count(operations, IN_TRANSACTION, () => transact(operations)),
    write: (operation: Exclude<Operation, { kind: "check" }>) => count([operation], 1, () => write(operation)),
  });
  return (projection) => ({ table: counted.table, indexes: counted[projection] });
}

const onlyKey = ({ pk, sk }: Key): Key => ({ pk, sk });
const unitsOf = (item: Item | undefined): number =>
  item === undefined ? 0 : Math.ceil(bytesOfItem(item) / UNIT_BYTES);

/**
 * An entry that moves is deleted and put, one whose projected attributes change is put, and one that stays as it is costs
 * nothing. Source: DynamoDB developer guide, "Global secondary indexes", write capacity units.
 */
function indexUnits(before: Item | undefined, after: Item | undefined, projection: Projection): number {
  return Object.values(schema.indexes).reduce((sum, { partitionKey, sortKey }) => {
    const entryOf = (item: Item | undefined): Item | undefined => {
      if (item?.[partitionKey] === undefined) return undefined;
      const names = [schema.partitionKey, schema.sortKey, partitionKey, sortKey];
      return projection === "ALL" ? item : Object.fromEntries(names.map((name) => [name, item[name]]));
    };
    const [was, is] = [entryOf(before), entryOf(after)];
    if (JSON.stringify(was) === JSON.stringify(is)) return sum;
    const moved = was?.[partitionKey] !== is?.[partitionKey] || was?.[sortKey] !== is?.[sortKey];
    return sum + (moved ? unitsOf(was) + unitsOf(is) : Math.max(unitsOf(was), unitsOf(is)));
  }, 0);
}

const bytesOfItem = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + bytesOf(value), 0);

/** Source: DynamoDB developer guide, "Item sizes and formats". */
function bytesOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(Math.abs(value)).length / 2) + (value < 0 ? 2 : 1);
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + 1 + bytesOf(one), 3);
  if (value !== null && typeof value === "object")
    return Object.entries(value).reduce((sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + bytesOf(one), 3);
  return 1;
}
