import type { VisitorKeys } from "#shared/ports/tracking";
import { ConditionsFailed, type TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";

export const storedVisitorKeys = (table: TableEngine): VisitorKeys => ({
  destroy: async (day) => {
    try {
      await table.write({ kind: "remove", key: itemKey(items.visitorKey, { day }), when: {} });
      return "destroyed";
    } catch (error) {
      if (error instanceof ConditionsFailed) return undefined;
      throw error;
    }
  },
});
