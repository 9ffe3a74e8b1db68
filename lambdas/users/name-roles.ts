import { cognitoGroups } from "#shared/adapters/cognito/groups";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { nameRoles } from "#shared/contracts/users";
import { followPool } from "#shared/domain/users/follow-pool";
import { openAccount, personOf } from "#shared/domain/users/sign-up";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(
  nameRoles,
  { ...dynamodb, userPoolGroups: cognitoGroups },
  async ({ userName, attributes, groups, now }, { accounts, wallets, userPoolGroups, commit }) => {
    const person = personOf(attributes, groups);
    const existing = { account: await accounts.get(person.userId), wallet: await wallets.get(person.userId) };

    // People an operator made in the console never confirmed a sign-up: their account begins here.
    const opened = openAccount(person, existing, now);
    const named = followPool(opened.account, { attributes, groups }, now);
    const change = opened.change ?? named.change;

    if (change) await commit(change);
    if (opened.change) await userPoolGroups.setGroups(userName, named.roles);
    return { claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: [...named.roles] } } };
  },
);
