import type { Account } from "#shared/domain/users/account";
import { type DirectoryEntry, entriesOf } from "#shared/domain/users/directory";
import type { Operation } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";

/** The lines of the directory that a change of an account makes and takes away; its version holds them to that one change. */
export function planDirectory(was: Account | undefined, next: Account | undefined): Operation[] {
  const [before, after] = [linesOf(was), linesOf(next)];
  const made = [...after].filter(([name]) => !before.has(name));
  const gone = [...before].filter(([name]) => !after.has(name));
  return [
    ...made.map(([, line]): Operation => ({
      kind: "put",
      item: storedItem(items.directoryEntry, line),
      when: { any: true },
    })),
    ...gone.map(([, line]): Operation => ({
      kind: "remove",
      key: itemKey(items.directoryEntry, line),
      when: { any: true },
    })),
  ];
}

const linesOf = (account: Account | undefined): ReadonlyMap<string, DirectoryEntry> =>
  new Map(
    (account ? entriesOf(account) : []).map((line) => [JSON.stringify(itemKey(items.directoryEntry, line)), line]),
  );
