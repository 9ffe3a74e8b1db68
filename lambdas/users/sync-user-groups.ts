import { cognitoGroups } from "#shared/adapters/cognito/groups";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { syncUserGroups } from "#shared/contracts/users";
import { knownAccount } from "#shared/domain/users/access";
import { groupsCaughtUp } from "#shared/domain/users/roles";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  syncUserGroups,
  { ...dynamodb, userPoolGroups: cognitoGroups },
  async ({ now }, { detail }, { accounts, userPoolGroups, commit }) => {
    // Events may come late and out of order: what the account says now is what the groups must say.
    const account = knownAccount(await accounts.get(detail.userId));
    const change = groupsCaughtUp(account, now);
    // An event that comes once more: groups have caught up, and may have been changed in the console since.
    if (change === undefined) return;

    await userPoolGroups.setGroups(account.id, account.roles);
    await commit(change);
  },
);
