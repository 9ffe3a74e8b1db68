import { Account } from "#shared/domain/users/account";
import type { AccountFilter, Accounts } from "#shared/ports/accounts";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { pageOf, parsed } from "./pages.ts";

export const storedAccounts = (table: TableEngine): Accounts => ({
  get: async (userId) => parsed(Account, await table.get(itemKey(items.account, { id: userId }))),
  someAdmins: async () => {
    const { items: admins } = await table.query({ ...listing(items.account.listings.admins, {}), limit: 10 });
    return admins.map((item) => Account.parse(item));
  },
  all: (filter, page) => pageOf(table, listing(items.account.listings.all, {}), Account, page, matches(filter)),
});

const matches =
  ({ role, status, q }: AccountFilter) =>
  (account: Account): boolean =>
    (role === undefined || account.roles.includes(role)) &&
    (status === undefined || account.status === status) &&
    (q === undefined || `${account.email} ${account.fullName}`.toLowerCase().includes(q.toLowerCase()));
