import type { EntityChange } from "#shared/domain/change";
import { tallied } from "#shared/domain/conversions/tallied";
import type { ConversionTally } from "#shared/domain/conversions/tally";
import type { Operation } from "#shared/table/engine";
import { itemKey, storedAttributes } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** What conversions do to the figures of their campaigns: an addition for each who is credited, in the transaction that holds it to once. */
export const planTallies = (entities: readonly EntityChange[]): Operation[] =>
  entities.flatMap((one) =>
    one.entity === "conversion" && one.next !== undefined ? tallied(one.was, one.next).map(addition) : [],
  );

function addition({ conversions, sharedOrders, valueMinor, ...place }: ConversionTally): Operation {
  const key = itemKey(items.conversionTally, place);
  const set = { ...place, ...storedAttributes(items.conversionTally, place) };
  return { kind: "add", key, add: { conversions, sharedOrders, valueMinor }, set, when: { any: true } };
}
