import { Export, OpenExports } from "#shared/domain/exports/export";
import type { Exports } from "#shared/ports/exports";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { parsed } from "./pages.ts";

export const storedExports = (table: TableEngine): Exports => ({
  get: async (exportId) => parsed(Export, await table.get(itemKey(items.export, { id: exportId }))),
  openOf: async (userId) => parsed(OpenExports, await table.get(itemKey(items.openExports, { userId }))),
});
