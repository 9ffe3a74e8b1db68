import { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import type { Reconciliations } from "#shared/ports/reconciliations";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { parsed } from "./pages.ts";

export const storedReconciliations = (table: TableEngine): Reconciliations => ({
  of: async (date) => parsed(Reconciliation, await table.get(itemKey(items.reconciliation, { date }))),
  async some(dates) {
    const found = await table.getMany(dates.map((date) => itemKey(items.reconciliation, { date })));
    return found.map((item) => Reconciliation.parse(item));
  },
});
