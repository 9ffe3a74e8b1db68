/** Defects to plant, so that the simulator can show that it finds them: each is a table that does not do what it is asked. */
import type { Condition, Item, Operation, TableEngine, Write } from "#shared/table/engine";
import { kindOf, type StoredKind } from "#shared/table/items/index";

type Bug = (table: TableEngine) => TableEngine;

const kindOfOperation = (operation: Operation): StoredKind =>
  kindOf(operation.kind === "put" ? { pk: operation.item.pk } : operation.key);

/** A table to which each operation gets through as `bend` makes it: none, or another. */
const bending =
  (bend: (operation: Operation) => Operation | undefined): Bug =>
  (table) => ({
    ...table,
    transact: (operations) => table.transact(operations.flatMap((one) => bend(one) ?? [])),
    write: async (operation) => {
      const bent = bend(operation);
      if (bent) await table.write(bent as Write);
    },
  });

const on = (kind: StoredKind, change: (operation: Operation) => Operation | undefined) =>
  bending((operation) => (kindOfOperation(operation) === kind ? change(operation) : operation));

/** The condition without what `forgotten` says: by attribute, or all of it. */
const forgetting =
  (...forgotten: readonly string[]) =>
  (operation: Operation): Operation | undefined => {
    const equals = Object.fromEntries(
      Object.entries(operation.when.equals ?? {}).filter(([attribute]) => !forgotten.includes(attribute)),
    );
    const when: Condition = { ...operation.when, equals };
    return { ...operation, when };
  };
const unconditionally = (operation: Operation): Operation | undefined =>
  operation.kind === "check" ? undefined : { ...operation, when: { any: true } };

/** Of many, some. By what is in it, so that every run of a seed has the same. */
const oneIn =
  (count: number, change: (operation: Operation) => Operation | undefined) =>
  (operation: Operation): Operation | undefined => {
    const text = JSON.stringify(operation);
    let sum = 0;
    for (let at = 0; at < text.length; at += 1) sum = (sum * 31 + text.charCodeAt(at)) >>> 0;
    return sum % count === 0 ? change(operation) : operation;
  };

const withItem =
  (change: (item: Item) => Item) =>
  (operation: Operation): Operation =>
    operation.kind === "put" ? { ...operation, item: change(operation.item) as never } : operation;

/** Several at once. */
const all =
  (...bugs: readonly Bug[]): Bug =>
  (table) =>
    bugs.reduce((bent, bug) => bug(bent), table);

export interface Planted {
  readonly name: string;
  readonly bug: Bug;
  /** What is found then. */
  readonly finds: RegExp;
  /** The first seed that is tried: not every history has what it takes. */
  readonly from?: number;
}

let credits = 0;
export const planted: readonly Planted[] = [
  {
    name: "an event in eight gets lost between the change and the outbox",
    bug: on(
      "outboxEvent",
      oneIn(8, () => undefined),
    ),
    finds: /./,
  },
  {
    name: "a deposit is credited as often as somebody tells of it",
    bug: all(
      on("deposit", forgetting("version", "status")),
      on(
        "journalEntry",
        withItem((item) =>
          item["type"] === "deposit" ? { ...item, pk: `${String(item["pk"])}-${(credits += 1)}` } : item,
        ),
      ),
    ),
    finds: /credited|balance|books/,
    from: 65,
  },
  {
    name: "a participant is written over, whatever it has become",
    bug: on("participant", forgetting("version")),
    finds: /./,
    from: 8,
  },
  {
    name: "a movement in twenty does not reach the wallet",
    bug: on(
      "wallet",
      oneIn(20, (operation) =>
        operation.kind === "add" ? { ...operation, add: { version: 1, commits: 1 } } : operation,
      ),
    ),
    finds: /books|sum of its lines/,
    from: 10,
  },
  {
    name: "the answer under a key is not kept with the change",
    bug: on(
      "idempotencyRecord",
      oneIn(12, (operation) =>
        operation.kind === "put" && operation.item["state"] === "completed" ? undefined : operation,
      ),
    ),
    finds: /./,
  },
  {
    name: "a key is whoever's writes last",
    bug: on("idempotencyRecord", unconditionally),
    finds: /two answers|in progress/,
  },
  {
    name: "an unread notification is counted twice",
    bug: on("unreadCount", (operation) =>
      operation.kind === "add" ? { ...operation, add: { unread: (operation.add["unread"] ?? 0) * 2 } } : operation,
    ),
    finds: /unread/,
  },
  {
    name: "a unit in three has no date on which something settles it",
    bug: on(
      "participant",
      oneIn(
        3,
        withItem((item) => ({
          ...item,
          units: (item["units"] as object[]).map((unit) => ({ ...unit, dueAt: undefined })),
        })),
      ),
    ),
    finds: /no date/,
    from: 8,
  },
  {
    name: "an entry does not say what the processor calls it",
    bug: on(
      "journalEntry",
      withItem((item) => ({ ...item, processorIds: undefined })),
    ),
    finds: /a day of the books is not the processor's/,
  },
  {
    name: "an earning in two does not say that it was paid",
    bug: on(
      "earning",
      oneIn(2, (operation) =>
        operation.kind === "put" && operation.item["status"] === "paid" ? undefined : operation,
      ),
    ),
    finds: /an earning is not paid/,
    from: 14,
  },
  {
    name: "an account in three is not closed with its day",
    bug: on(
      "closing",
      oneIn(3, () => undefined),
    ),
    finds: /not closed|books are not balanced/,
    from: 4,
  },
  {
    name: "an order in three is not counted for its campaign",
    bug: on(
      "conversionTally",
      oneIn(3, () => undefined),
    ),
    finds: /does not count it once/,
    from: 18,
  },
  {
    name: "a seal in five is not made",
    bug: on(
      "seal",
      oneIn(5, () => undefined),
    ),
    finds: /sealed/,
  },
];
