import type { Change } from "#shared/domain/change";
import type { Operation } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** Places in the index that are made and that go with a creator's card: its version holds them to that one change. */
export const planIndex = ({ made, gone }: NonNullable<Change["index"]>): Operation[] => [
  ...made.map((entry): Operation => ({ kind: "put", item: storedItem(items.indexEntry, entry), when: { any: true } })),
  ...gone.map((entry): Operation => ({ kind: "remove", key: itemKey(items.indexEntry, entry), when: { any: true } })),
];
