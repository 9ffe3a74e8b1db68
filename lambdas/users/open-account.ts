import { cognitoGroups } from "#shared/adapters/cognito/groups";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { openAccount } from "#shared/contracts/users";
import { openAccount as decideAccount, personOf } from "#shared/domain/users/sign-up";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(
  openAccount,
  { ...dynamodb, userPoolGroups: cognitoGroups },
  async ({ userName, attributes, groups, now }, { accounts, wallets, userPoolGroups, commit }) => {
    const person = personOf(attributes, groups);
    const existing = { account: await accounts.get(person.userId), wallet: await wallets.get(person.userId) };

    const { account, change } = decideAccount(person, existing, now);

    if (change) await commit(change);
    await userPoolGroups.setGroups(userName, account.roles);
    return {};
  },
);
