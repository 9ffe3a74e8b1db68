import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import type { Reconciliations } from "#shared/ports/reconciliations";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf, parsed } from "./pages.ts";

export const storedReconciliations = (table: TableEngine): Reconciliations => ({
  of: async (date) => parsed(Reconciliation, await table.get(itemKey(items.reconciliation, { date }))),
  async entriesOf(dates) {
    const ofDay = (postedAt: string) =>
      everyOf(table, spreadListing(items.journalEntry.listings.ofDay, { postedAt }), JournalEntry);
    return (await Promise.all(dates.map(ofDay))).flat();
  },
});
