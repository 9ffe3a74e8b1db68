import { cognitoGroups } from "#shared/adapters/cognito/groups";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { openAccount } from "#shared/contracts/users";
import { groupsCaughtUp } from "#shared/domain/users/roles";
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
    // Of a new account: a password that was reset is confirmed by the same trigger, and must undo nothing.
    const caughtUp = change && groupsCaughtUp(account, now);
    if (caughtUp) await userPoolGroups.setGroups(userName, account.roles);
    if (caughtUp) await commit(caughtUp);
    return {};
  },
);
