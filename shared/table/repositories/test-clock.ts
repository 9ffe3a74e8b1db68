import { TestClock } from "#shared/domain/clock/test-clock";
import type { TestClocks } from "#shared/ports/test-clock";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { parsed } from "./pages.ts";

export const storedTestClock = (table: TableEngine): TestClocks => ({
  get: async () => parsed(TestClock, await table.get(itemKey(items.testClock, {}))),
});
