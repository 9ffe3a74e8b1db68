import { Export, OpenExports } from "#shared/domain/exports/export";
import type { Exports } from "#shared/ports/exports";
import type { TableEngine } from "#shared/table/engine";
import { askedBefore } from "#shared/domain/exports/access";
import { itemKey, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, parsed } from "./pages.ts";

/** What a job reads of a list to look each one up: what cannot be read fails alone, and stops no other. */
const Named = Export.pick({ id: true });

export const storedExports = (table: TableEngine): Exports => ({
  get: async (exportId) => parsed(Export, await table.get(itemKey(items.export, { id: exportId }))),
  openOf: async (userId) => parsed(OpenExports, await table.get(itemKey(items.openExports, { userId }))),
  overdue: (now) =>
    eachOf(
      table,
      spreadListing(items.export.listings.due, {}).map((part) => ranged(part, { to: askedBefore(now) })),
      Named,
    ),
});
