/** A table as IAM would open it to an action: what its capabilities do not touch is denied. */
import type { Touched } from "#shared/ports/touched";
import type { Item, Key, Operation, Query, TableEngine } from "#shared/table/engine";
import { isOf } from "#shared/table/item";
import { kindOf, listingNamed, type StoredKind } from "#shared/table/items/index";

export function grantedTable(table: TableEngine, touched: Touched): TableEngine {
  const allow = (verb: string, allowed: readonly StoredKind[], { pk }: Pick<Key, "pk">): void => {
    if (!allowed.includes(kindOf({ pk }))) throw new Error(`AccessDenied: ${verb} ${pk}`);
  };
  const allowQuery = ({ index, partition }: Query): void => {
    if (index === undefined) return allow("query", touched.queries, { pk: partition });
    const listed = touched.lists.map(listingNamed);
    const open = listed.some((one) => one.index === index && isOf(one, { pk: partition }));
    if (!open) throw new Error(`AccessDenied: query ${partition}`);
  };
  const allowOperation = (operation: Operation): void => {
    switch (operation.kind) {
      case "put":
        return allow("put", touched.writes, operation.item);
      case "add":
        return allow("add", touched.adds, operation.key);
      case "check":
        return allow("check", touched.checks, operation.key);
      case "remove":
        return allow("remove", touched.removes, operation.key);
    }
  };
  return {
    async get(key): Promise<Item | undefined> {
      allow("get", touched.gets, key);
      return table.get(key);
    },
    async getMany(keys) {
      for (const key of keys) allow("get", touched.gets, key);
      return table.getMany(keys);
    },
    async query(query) {
      allowQuery(query);
      return table.query(query);
    },
    async transact(operations) {
      for (const operation of operations) allowOperation(operation);
      return table.transact(operations);
    },
    async write(operation) {
      allowOperation(operation);
      return table.write(operation);
    },
  };
}
