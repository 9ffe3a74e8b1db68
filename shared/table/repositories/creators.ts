import { type CreatorFilter, isFound, lanesOf, mayBeFound } from "#shared/domain/matching/search";
import type { IndexEntry } from "#shared/domain/matching/index-entry";
import { type DirectoryEntry, listFor, termOf } from "#shared/domain/users/directory";
import type { Creators, FoundCreator } from "#shared/ports/matching";
import type { Page, PageRequest } from "#shared/ports/page";
import type { Item, TableEngine } from "#shared/table/engine";
import { listing, startingWith } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { shownOf } from "./matching.ts";
import { pageThrough } from "./pages.ts";

export const storedCreators = (table: TableEngine): Creators => ({
  find: (filter, page) =>
    filter.q === undefined ? byMerit(table, filter, page) : byName(table, filter, filter.q, page),
});

/** From the index. Who is out of the range by what it says is not looked up. */
function byMerit(table: TableEngine, filter: CreatorFilter, page: PageRequest): Promise<Page<FoundCreator>> {
  const lanes = lanesOf(filter).map((lane) => ({ ...listing(items.indexEntry, lane), descending: true }));
  return pageThrough(table, lanes, page, (found) => {
    const entries = found as readonly (Item & IndexEntry)[];
    return resolved(
      table,
      filter,
      entries.map((entry) => (mayBeFound(filter, entry) ? entry.creatorId : undefined)),
    );
  });
}

/** From the directory of people, by name alone: nobody is found by an address. */
function byName(table: TableEngine, filter: CreatorFilter, q: string, page: PageRequest): Promise<Page<FoundCreator>> {
  const names = listing(items.directoryEntry, { list: listFor({ role: "creator" }), field: "fullName" });
  return pageThrough(table, startingWith(names, termOf(q)), page, (found) =>
    resolved(
      table,
      filter,
      (found as readonly (Item & DirectoryEntry)[]).map(({ userId }) => userId),
    ),
  );
}

/** Whoever of them is looked for, in their places. */
async function resolved(table: TableEngine, filter: CreatorFilter, userIds: readonly (string | undefined)[]) {
  const shown = await shownOf(table, [...new Set(userIds.filter((id) => id !== undefined))]);
  return userIds.map((userId) => {
    const found = userId === undefined ? undefined : shown.get(userId);
    return found && isFound(filter, found.card, found.account.fullName) ? found : undefined;
  });
}
