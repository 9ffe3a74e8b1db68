import { expect, test } from "@jest/globals";
import { memoryTable } from "#shared/adapters/memory/table";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedCursors } from "#shared/table/repositories/cursors";

const key = itemKey(items.cursorKey, {});

test("many who need the first key at once have one, and it is the stored one", async () => {
  const table = memoryTable();
  const keys = await Promise.all(Array.from({ length: 20 }, () => storedCursors(table).key()));
  const spelled = new Set(keys.map((one) => Buffer.from(one).toString("base64")));
  expect([...spelled]).toEqual([(await table.get(key))?.["secret"]]);
  expect(keys[0]?.byteLength).toBe(32);
  expect(await storedCursors(table).key()).toEqual(keys[0]);
});

test("who finds none, and is overtaken before offering one, takes the other's and leaves it as it is", async () => {
  const table = memoryTable();
  let made: Uint8Array | undefined;
  const overtaken = storedCursors({
    ...table,
    write: async (operation) => {
      made = await storedCursors(table).key();
      return table.write(operation);
    },
  });
  expect(await overtaken.key()).toEqual(made);
  expect(await storedCursors(table).key()).toEqual(made);
});

test("two stages have two", async () => {
  const [one, other] = await Promise.all([storedCursors(memoryTable()).key(), storedCursors(memoryTable()).key()]);
  expect(one).not.toEqual(other);
});

test("it is read once; what failed is asked for again", async () => {
  const table = memoryTable();
  let [reads, failures] = [0, 1];
  const cursors = storedCursors({
    ...table,
    get: (asked) => {
      reads += 1;
      if (failures-- > 0) return Promise.reject(new Error("no table"));
      return table.get(asked);
    },
  });
  await expect(cursors.key()).rejects.toThrow("no table");
  const first = await cursors.key();
  const readsOfFirst = reads;
  expect(await cursors.key()).toBe(first);
  expect(reads).toBe(readsOfFirst);
});

test("a key that could not be written, for another reason than that it is there, is not used", async () => {
  const table = memoryTable();
  const cursors = storedCursors({ ...table, write: () => Promise.reject(new Error("not allowed")) });
  await expect(cursors.key()).rejects.toThrow("not allowed");
  expect(table.all()).toEqual([]);
});
