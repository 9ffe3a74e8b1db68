import { expect, test } from "@jest/globals";
import { memoryTable } from "#shared/adapters/memory/table";
import { storedUnsubscribeKeys } from "#shared/table/repositories/notifications";

test("whoever opens links makes no key, and finds the one that the first mail made", async () => {
  const table = memoryTable();
  const opening = storedUnsubscribeKeys(table);
  expect(await opening.made()).toBeUndefined();
  expect(table.all()).toEqual([]);
  const key = await storedUnsubscribeKeys(table).key();
  expect(await opening.made()).toEqual(key);
});

test("a key that was found is read once a process; a failed read is tried again", async () => {
  const table = memoryTable();
  await storedUnsubscribeKeys(table).key();
  let reads = 0;
  const keys = storedUnsubscribeKeys({
    ...table,
    get: (key) => ((reads += 1) === 1 ? Promise.reject(new Error("no table")) : table.get(key)),
  });
  await expect(keys.made()).rejects.toThrow("no table");
  expect(await keys.made()).toEqual(await keys.made());
  expect(reads).toBe(2);
});
