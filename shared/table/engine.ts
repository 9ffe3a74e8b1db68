import type { IndexName } from "./schema.ts";

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item as it is stored: the key, index attributes and the thing's own fields. */
export type Item = Readonly<Record<string, unknown>>;

/**
 * What must hold of an item for an operation to happen. All given parts must hold.
 * `absent` and `any` stand alone; any other condition, also an empty one, implies that the item exists.
 */
export interface Condition {
  readonly absent?: true;
  /** No condition at all, for counters that begin with their first write. */
  readonly any?: true;
  readonly equals?: Readonly<Record<string, string | number | boolean>>;
  readonly atLeast?: Readonly<Record<string, number>>;
  /** Lists that have each of these among their values. */
  readonly includes?: Readonly<Record<string, readonly string[]>>;
}

export type Operation =
  | { readonly kind: "put"; readonly item: Item & Key; readonly when: Condition }
  /** Adds signed numbers to attributes and sets others, in place. */
  | {
      readonly kind: "add";
      readonly key: Key;
      readonly add: Readonly<Record<string, number>>;
      readonly set?: Readonly<Record<string, unknown>>;
      readonly when: Condition;
    }
  | { readonly kind: "remove"; readonly key: Key; readonly when: Condition }
  | { readonly kind: "check"; readonly key: Key; readonly when: Condition };

/** An operation that stands alone. A condition that is only checked never does. */
export type Write = Exclude<Operation, { readonly kind: "check" }>;

/** Where a page ended: the key attributes of the last item looked at. Nothing need be there for a query to go on after it. */
export type Position = Readonly<Record<string, string>>;

export interface Query {
  /** Left out for the table itself. */
  readonly index?: IndexName;
  readonly partition: string;
  /** Sort keys that start with it. */
  readonly prefix?: string;
  /** Sort keys between the two, both included: none where the first comes after the second. */
  readonly between?: readonly [string, string];
  readonly descending?: boolean;
  readonly limit: number;
  /** In the same partition: DynamoDB refuses any other. */
  readonly after?: Position;
}

export interface QueryResult {
  /** Of an index, keys alone: the table's and the index's own. */
  readonly items: readonly Item[];
  /** Missing at the end. */
  readonly next?: Position;
}

/** Some operations' conditions did not hold; nothing was written. `failed` are their positions in the transaction. */
export class ConditionsFailed extends Error {
  readonly failed: readonly number[];

  constructor(failed: readonly number[]) {
    super(`conditions failed: ${failed.join(", ")}`);
    this.name = "ConditionsFailed";
    this.failed = failed;
  }
}

/** @throws Error for an addition that would be applied again when it is repeated: only a transaction's token holds it to once. */
export function refuseRepeatable(operation: Write): void {
  if (operation.kind !== "add") return;
  const { add, set = {}, when } = operation;
  const broken = Object.entries(when.equals ?? {}).some(
    ([attribute, value]) => (add[attribute] ?? 0) !== 0 || (attribute in set && set[attribute] !== value),
  );
  if (!broken) throw new Error("an addition that does not break its own condition needs a transaction");
}

/** The one table. Repositories are written against this; DynamoDB and memory provide it, under one suite. */
export interface TableEngine {
  /** Strongly consistent, serializable against transactions. */
  get(key: Key): Promise<Item | undefined>;
  /** As `get`, in one round trip a hundred keys; missing items are left out, order is not kept. */
  getMany(keys: readonly Key[]): Promise<readonly Item[]>;
  /** One page. Table queries are strongly consistent; index queries may lag behind writes. */
  query(query: Query): Promise<QueryResult>;
  /**
   * All operations or none, at most 100, no two on one item. Retries conflicts and lost replies by itself under one
   * token, so that a retry never applies twice, until the call's time is up.
   * @throws ConditionsFailed when a condition did not hold: the caller reads again and decides again.
   * @throws Contended when others kept the items busy; nothing was written.
   * @throws OutcomeUnknown when there was no answer: it may be written.
   */
  transact(operations: readonly Operation[]): Promise<void>;
  /**
   * One operation under its condition, without a transaction: half the price, for claims and other single things.
   *
   * It is applied at most once when it breaks its own condition (`absent`, a version, an attempt's mark), and an addition
   * that does not is refused. After a lost reply a repeat may find its own write: then the condition is reported as failed
   * although it was applied, so write what you can recognise when you read it again. A put or removal under a condition
   * that it leaves intact may be repeated as it is.
   * @throws ConditionsFailed([0]) when the condition did not hold, or when a repeat met its own write.
   * @throws Contended when others kept the item busy; OutcomeUnknown when there was no answer.
   */
  write(operation: Write): Promise<void>;
}
