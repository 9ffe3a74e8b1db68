import { Account } from "#shared/domain/users/account";
import type { AccountFilter, Accounts } from "#shared/ports/accounts";
import type { TableEngine } from "#shared/table/engine";
import { ADMINS, keys } from "#shared/table/keys";
import { pageOf, parsed } from "./pages.ts";

export const storedAccounts = (table: TableEngine): Accounts => ({
  get: async (userId) => parsed(Account, await table.get(keys.account(userId))),
  getMany: async (userIds) => {
    const items = await table.getMany([...new Set(userIds)].map((userId) => keys.account(userId)));
    return items.map((item) => Account.parse(item));
  },
  someAdmins: async () => {
    const { items } = await table.query({ index: "owner", partition: ADMINS, limit: 10 });
    return items.map((item) => Account.parse(item));
  },
  all: (filter, page) => pageOf(table, { index: "kind", partition: "ACCOUNTS" }, Account, page, matches(filter)),
});

const matches =
  ({ role, status, q }: AccountFilter) =>
  (account: Account): boolean =>
    (role === undefined || account.roles.includes(role)) &&
    (status === undefined || account.status === status) &&
    (q === undefined || `${account.email} ${account.fullName}`.toLowerCase().includes(q.toLowerCase()));
