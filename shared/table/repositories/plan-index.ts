import type { EntityChange } from "#shared/domain/change";
import { movedEntries } from "#shared/domain/matching/follow-creator";
import type { Operation } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** The places in the index that a change of a creator's card makes and takes away; the card's version holds them to that one change. */
export const planIndex = (entities: readonly EntityChange[]): Operation[] =>
  entities.flatMap((one) => {
    if (one.entity !== "creatorCard") return [];
    const { made, gone } = movedEntries(one.was, one.next);
    return [
      ...made.map((entry): Operation => ({
        kind: "put",
        item: storedItem(items.indexEntry, entry),
        when: { any: true },
      })),
      ...gone.map((entry): Operation => ({
        kind: "remove",
        key: itemKey(items.indexEntry, entry),
        when: { any: true },
      })),
    ];
  });
