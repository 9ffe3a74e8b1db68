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
    const account = await accounts.get(person.userId);
    const alike = account === undefined ? await accounts.ofAddress(person.email) : [];
    const existing = { account, wallet: await wallets.get(person.userId), alike };

    const opened = decideAccount(person, existing, now);

    if (opened.change) await commit(opened.change);
    // Of a new account: a password that was reset is confirmed by the same trigger, and must undo nothing.
    const caughtUp = opened.change && groupsCaughtUp(opened.account, now);
    if (caughtUp) await userPoolGroups.setGroups(userName, opened.account.roles);
    if (caughtUp) await commit(caughtUp);
    return {};
  },
);
