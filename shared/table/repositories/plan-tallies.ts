import type { EntityChange } from "#shared/domain/change";
import { tallied } from "#shared/domain/conversions/tallied";
import type { Operation } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** What conversions do to the figures of their campaigns: one addition each, in the transaction that holds it to once. */
export const planTallies = (entities: readonly EntityChange[]): Operation[] =>
  entities.flatMap((one) => {
    if (one.entity !== "conversion" || one.next === undefined) return [];
    const { conversions, valueMinor, ...place } = tallied(one.was, one.next);
    const key = itemKey(items.conversionTally, place);
    return [{ kind: "add", key, add: { conversions, valueMinor }, set: place, when: { any: true } }];
  });
