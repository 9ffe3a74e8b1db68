import { cognitoGroups } from "#shared/adapters/cognito/groups";
import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedAccounts } from "#shared/table/repositories/accounts";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedWallets } from "#shared/table/repositories/wallets";
import { openAccount } from "#shared/contracts/users";
import { openAccount as decideAccount, personOf } from "#shared/domain/users/sign-up";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(
  openAccount,
  {
    table: dynamoTable,
    changes: storedChanges,
    accounts: storedAccounts,
    wallets: storedWallets,
    userPoolGroups: cognitoGroups,
  },
  async ({ userName, attributes, groups, now }, { accounts, wallets, userPoolGroups, commit }) => {
    const person = personOf(attributes, groups);
    const existing = { account: await accounts.get(person.userId), wallet: await wallets.get(person.userId) };

    const { account, change } = decideAccount(person, existing, now);

    if (change) await commit(change, undefined);
    await userPoolGroups.setGroups(userName, account.roles);
    return {};
  },
);
