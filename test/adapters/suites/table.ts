import { beforeEach, describe, expect, test } from "@jest/globals";
import { ConditionsFailed, type Item, type Operation, type TableEngine, type Write } from "#shared/table/engine";
import { schema } from "#shared/table/schema";

/** What every engine of the table must do alike. `make` gives an engine that holds nothing of the given partition. */
export function tableSuite(name: string, make: () => Promise<TableEngine>): void {
  describe(`the table on ${name}`, () => {
    let table: TableEngine;
    let partition: string;
    let count = 0;
    const item = (sk: string, fields: Item = {}) => ({ pk: partition, sk, ...fields });
    const put = (sk: string, fields: Item = {}, when: Operation["when"] = { absent: true }): Write => ({
      kind: "put",
      item: item(sk, fields),
      when,
    });
    const key = (sk: string) => ({ pk: partition, sk });
    const failedOf = async (operations: readonly Operation[]): Promise<readonly number[]> => {
      const error: unknown = await table.transact(operations).catch((thrown: unknown) => thrown);
      if (!(error instanceof ConditionsFailed)) throw new Error(`expected failed conditions, got ${String(error)}`);
      return error.failed;
    };

    beforeEach(async () => {
      table = await make();
      partition = `SUITE#${Date.now()}#${(count += 1)}`;
    });

    test("gives back what was put, and nothing of what was not", async () => {
      await table.transact([
        put("a", { text: "x", number: 1, list: [1, { deep: true }], none: null, left: undefined }),
      ]);
      expect(await table.get(key("a"))).toEqual(
        item("a", { text: "x", number: 1, list: [1, { deep: true }], none: null }),
      );
      expect(await table.get(key("b"))).toBeUndefined();
    });

    test("writes all of a transaction or none of it, and names what failed", async () => {
      await table.transact([put("a", { version: 1 })]);
      expect(await failedOf([put("b"), put("a"), put("c")])).toEqual([1]);
      expect(await table.get(key("b"))).toBeUndefined();
      const stale: Operation["when"] = { equals: { version: 2 } };
      expect(await failedOf([put("a", {}, stale), { kind: "check", key: key("z"), when: {} }])).toEqual([0, 1]);
      expect(await table.get(key("a"))).toEqual(item("a", { version: 1 }));
    });

    test.each<[string, Operation["when"], boolean]>([
      ["absent", { absent: true }, false],
      ["any", { any: true }, true],
      ["exists", {}, true],
      ["equal", { equals: { state: "open", version: 3 } }, true],
      ["one unequal", { equals: { state: "open", version: 4 } }, false],
      ["a missing field", { equals: { nothing: "x" } }, false],
      ["in a list", { includes: { words: ["one"] } }, true],
      ["both in a list", { includes: { words: ["two", "one"] } }, true],
      ["one of them not in a list", { includes: { words: ["one", "three"] } }, false],
      ["part of a word in a list", { includes: { words: ["on"] } }, false],
      ["in no list", { includes: { nowhere: ["one"] } }, false],
      ["enough", { atLeast: { amount: 100 } }, true],
      ["just too little", { atLeast: { amount: 101 } }, false],
      ["equal but too little", { equals: { state: "open" }, atLeast: { amount: 101 } }, false],
    ])("holds a condition: %s", async (_name, when, holds) => {
      await table.transact([put("a", { state: "open", version: 3, amount: 100, words: ["one", "two"] })]);
      const check: Operation = { kind: "add", key: key("a"), add: { touched: 1 }, when };
      if (holds) await table.transact([check]);
      else expect(await failedOf([check])).toEqual([0]);
      expect(Number((await table.get(key("a")))?.["touched"] ?? 0)).toBe(holds ? 1 : 0);
    });

    test("adds in place, from nothing, and sets beside it", async () => {
      const add = (amount: number): Operation => ({
        kind: "add",
        key: key("n"),
        add: { amount, version: 1 },
        set: { at: "now" },
        when: { any: true },
      });
      await table.transact([add(5)]);
      await table.transact([add(-7)]);
      expect(await table.get(key("n"))).toEqual(item("n", { amount: -2, version: 2, at: "now" }));
    });

    test("loses no addition of many at once, and never goes below its bound", async () => {
      await table.transact([put("purse", { amount: 10 })]);
      const take: Operation = { kind: "add", key: key("purse"), add: { amount: -1 }, when: { atLeast: { amount: 1 } } };
      const outcomes = await Promise.allSettled(Array.from({ length: 25 }, () => table.transact([take])));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
      expect((await table.get(key("purse")))?.["amount"]).toBe(0);
    });

    test("removes under a condition", async () => {
      await table.transact([put("a", { version: 1 })]);
      expect(await failedOf([{ kind: "remove", key: key("a"), when: { equals: { version: 2 } } }])).toEqual([0]);
      await table.transact([{ kind: "remove", key: key("a"), when: { equals: { version: 1 } } }]);
      expect(await table.get(key("a"))).toBeUndefined();
    });

    test("writes one item under its condition, without a transaction", async () => {
      const failed = (operation: Write) =>
        table.write(operation).then(
          () => "written",
          (error: unknown) => (error instanceof ConditionsFailed ? error.failed : error),
        );
      expect(await failed(put("a", { version: 1, left: undefined }))).toBe("written");
      expect(await failed(put("a", { version: 1 }))).toEqual([0]);
      expect(await failed(put("a", { version: 2 }, { equals: { version: 1 } }))).toBe("written");
      expect(await failed(put("a", { version: 2 }, { equals: { version: 1 } }))).toEqual([0]);
      expect(await failed(put("b", { version: 1 }, {}))).toEqual([0]);
      const counted: Write = { kind: "add", key: key("a"), add: { version: 1 }, when: { equals: { version: 2 } } };
      expect(await failed(counted)).toBe("written");
      expect(await failed(counted)).toEqual([0]);
      expect(await table.get(key("a"))).toEqual(item("a", { version: 3 }));
      expect(await failed({ kind: "remove", key: key("a"), when: { equals: { version: 2 } } })).toEqual([0]);
      expect(await failed({ kind: "remove", key: key("a"), when: { equals: { version: 3 } } })).toBe("written");
      expect(await table.get(key("a"))).toBeUndefined();
    });

    test("lets one of many claimants write", async () => {
      const claims = Array.from({ length: 20 }, (_, at) => table.write(put("claim", { by: at })));
      const outcomes = await Promise.allSettled(claims);
      const winners = outcomes.flatMap(({ status }, at) => (status === "fulfilled" ? [at] : []));
      expect(winners).toHaveLength(1);
      expect(await table.get(key("claim"))).toEqual(item("claim", { by: winners[0] }));
    });

    test.each<[string, Partial<Write>]>([
      ["no condition", { when: { any: true } }],
      ["a bound", { when: { atLeast: { amount: 1 } } }],
      ["a field it leaves as it is", { set: { currency: "USD" }, when: { equals: { currency: "USD" } } }],
    ])("refuses an addition alone that a repeat would apply again: under %s", async (_name, parts) => {
      await table.write(put("n", { amount: 5, currency: "USD" }));
      const twice = { kind: "add", key: key("n"), add: { amount: -1 }, ...parts } as Write;
      await expect(table.write(twice)).rejects.toThrow("transaction");
      expect((await table.get(key("n")))?.["amount"]).toBe(5);
    });

    test("gives many at once, without those that are missing", async () => {
      await table.transact(Array.from({ length: 60 }, (_, at) => put(`many-${at}`)));
      await table.transact(Array.from({ length: 60 }, (_, at) => put(`more-${at}`)));
      const keys = ["many", "more"].flatMap((name) => Array.from({ length: 61 }, (_, at) => key(`${name}-${at}`)));
      expect(await table.getMany(keys)).toHaveLength(120);
      expect(await table.getMany([])).toEqual([]);
    });

    test("lists a partition in order, page by page, by prefix and range, both ways", async () => {
      await table.transact(["a#1", "b#1", "b#2", "b#3", "c#1"].map((sk) => put(sk)));
      const all = async (query: object) => {
        const found: unknown[] = [];
        let after: Readonly<Record<string, string>> | undefined;
        do {
          const page = await table.query({ partition, limit: 2, ...query, ...(after && { after }) });
          found.push(...page.items.map((one) => one["sk"]));
          after = page.next;
        } while (after);
        return found;
      };
      expect(await all({})).toEqual(["a#1", "b#1", "b#2", "b#3", "c#1"]);
      expect(await all({ prefix: "b#" })).toEqual(["b#1", "b#2", "b#3"]);
      expect(await all({ prefix: "b#", descending: true })).toEqual(["b#3", "b#2", "b#1"]);
      expect(await all({ between: ["b#2", "c#~"] })).toEqual(["b#2", "b#3", "c#1"]);
      expect(await all({ prefix: "nothing" })).toEqual([]);
      expect(await all({ between: ["b#2", "b#2"] })).toEqual(["b#2"]);
      expect(await all({ between: ["c#~", "b#2"] })).toEqual([]);
    });

    test("lists by an index, where equal sort keys are all found once", async () => {
      const { partitionKey, sortKey } = schema.indexes.due;
      const due = (at: string) => ({ [partitionKey]: partition, [sortKey]: `${at}#same` });
      await table.transact([
        put("x", due("2026-01-01")),
        put("y", due("2026-01-01")),
        put("z", due("2026-01-02")),
        put("not due"),
      ]);
      const first = await table.query({ index: "due", partition, limit: 1 });
      const rest = await table.query({ index: "due", partition, limit: 10, ...(first.next && { after: first.next }) });
      const names = [...first.items, ...rest.items].map((one) => one["sk"]);
      expect([...names].sort()).toEqual(["x", "y", "z"]);
      expect(names[2]).toBe("z");
    });

    test.each(Object.entries(schema.indexes))("gives of the index %s keys and nothing else", async (index, keys) => {
      const { partitionKey, sortKey } = keys;
      const placed = { [partitionKey]: partition, [sortKey]: "1" };
      const elsewhere = Object.values(schema.indexes).flatMap((other) =>
        other === keys ? [] : [[other.partitionKey, partition] as const, [other.sortKey, "1"] as const],
      );
      await table.transact([put("a", { ...placed, ...Object.fromEntries(elsewhere), amount: 5, list: [1] })]);
      const { items } = await table.query({ index: index as keyof typeof schema.indexes, partition, limit: 2 });
      expect(items).toEqual([{ pk: partition, sk: "a", ...placed }]);
    });

    test("goes on in an index after a place where nothing of that partition is, both ways", async () => {
      const { partitionKey, sortKey } = schema.indexes.kind;
      const listed = (shard: number, at: string) => ({ [partitionKey]: `${partition}#${shard}`, [sortKey]: at });
      await table.transact([
        ...["1", "3", "5"].map((at) => put(at, listed(0, at))),
        ...["2", "4"].map((at) => put(at, listed(1, at))),
      ]);
      const after = { ...key("4"), ...listed(0, "4") };
      const query = { index: "kind", partition: `${partition}#0`, after, limit: 5 } as const;
      const names = async (descending: boolean) => {
        const { items } = await table.query({ ...query, descending });
        return items.map(({ sk }) => sk);
      };
      expect([await names(false), await names(true)]).toEqual([["5"], ["3", "1"]]);
    });
  });
}
