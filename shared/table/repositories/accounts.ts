import * as z from "zod";
import { Account } from "#shared/domain/users/account";
import {
  type AccountFilter,
  DIRECTORY_FIELDS,
  type DirectoryEntry,
  isSought,
  listFor,
  termOf,
} from "#shared/domain/users/directory";
import type { Accounts } from "#shared/ports/accounts";
import type { Page, PageRequest } from "#shared/ports/page";
import type { Item, TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, startingWith } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { everyOf, pageOf, pageThrough, parsed } from "./pages.ts";
import { countOf } from "./reading.ts";

/** Of the directory: whom a line names. */
const Line = z.object({ userId: z.string() });

export const storedAccounts = (table: TableEngine): Accounts => ({
  get: async (userId) => parsed(Account, await table.get(itemKey(items.account, { id: userId }))),
  someAdmins: async () =>
    (await pageOf(table, listing(items.account.listings.admins, {}), Account, { limit: 10 })).items,
  ofAddress: async (email) => {
    const [term, everybody] = [termOf(email), listing(items.directoryEntry, { list: listFor({}), field: "email" })];
    const entries = await everyOf(table, ranged(everybody, { from: term, to: term }), Line);
    const found = await table.getMany(entries.map(({ userId }) => itemKey(items.account, { id: userId })));
    // A long address is in the directory by its beginning.
    return found.map((item) => Account.parse(item)).filter((one) => one.email.toLowerCase() === email.toLowerCase());
  },
  countActive: async (role) => {
    // Everybody with the role is in its list, who is banned once more in that of the banned.
    const [all, banned] = await Promise.all(
      [{ role }, { role, status: "suspended" as const }].map((filter) =>
        countOf(table, listing(items.directoryEntry, { list: listFor(filter), field: "email" })),
      ),
    );
    return Number(all) - Number(banned);
  },
  all: (filter, page) => foundOf(table, filter, page),
});

/** Without a text to look for, everybody is listed by their address. */
function foundOf(table: TableEngine, filter: AccountFilter, page: PageRequest): Promise<Page<Account>> {
  const { q } = filter;
  const fields = q === undefined ? (["email"] as const) : DIRECTORY_FIELDS;
  const places = fields.map((field) => listing(items.directoryEntry, { list: listFor(filter), field }));
  const list = q === undefined ? places : places.map((place) => startingWith(place, termOf(q)));
  return pageThrough(table, list, page, async (found) => {
    const entries = found as readonly (Item & DirectoryEntry)[];
    const stored = await table.getMany(
      [...new Set(entries.map(({ userId }) => userId))].map((id) => itemKey(items.account, { id })),
    );
    const accounts = new Map(stored.map((item) => Account.parse(item)).map((account) => [account.id, account]));
    return entries.map((entry) => {
      const account = accounts.get(entry.userId);
      return account && isSought(filter)(entry, account) ? account : undefined;
    });
  });
}
