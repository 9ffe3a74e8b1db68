import { Account } from "#shared/domain/users/account";
import type { AccountFilter, Accounts } from "#shared/ports/accounts";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { pageOf, parsed } from "./pages.ts";

export const storedAccounts = (table: TableEngine): Accounts => ({
  get: async (userId) => parsed(Account, await table.get(itemKey(items.account, { id: userId }))),
  someAdmins: async () =>
    (await pageOf(table, listing(items.account.listings.admins, {}), Account, { limit: 10 })).items,
  all: (filter, page) => pageOf(table, spreadListing(items.account.listings.all, {}), Account, page, matches(filter)),
});

const matches =
  ({ role, status, q }: AccountFilter) =>
  (account: Account): boolean =>
    (role === undefined || account.roles.includes(role)) &&
    (status === undefined || account.status === status) &&
    (q === undefined || `${account.email} ${account.fullName}`.toLowerCase().includes(q.toLowerCase()));
