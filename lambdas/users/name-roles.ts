import { cognitoGroups } from "#shared/adapters/cognito/groups";
import { cognitoSecondFactors } from "#shared/adapters/cognito/second-factors";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { nameRoles } from "#shared/contracts/users";
import { followPool } from "#shared/domain/users/follow-pool";
import { groupsCaughtUp } from "#shared/domain/users/roles";
import { mustProve } from "#shared/domain/users/second-factor";
import { openAccount, personOf } from "#shared/domain/users/sign-up";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(
  nameRoles,
  { ...dynamodb, userPoolGroups: cognitoGroups, secondFactors: cognitoSecondFactors },
  async (call, { accounts, wallets, userPoolGroups, secondFactors, commit }) => {
    const { userName, attributes, groups, now } = call;
    const person = personOf(attributes, groups);
    const account = await accounts.get(person.userId);
    const alike = account === undefined ? await accounts.ofAddress(person.email) : [];
    const existing = { account, wallet: await wallets.get(person.userId), alike };
    const isRequired = secondFactors.areRequired;
    const hasOne = mustProve(account, groups, isRequired) && (await secondFactors.hasOne(userName));

    // People an operator made in the console never confirmed a sign-up: their account begins here.
    const opened = openAccount(person, existing, now);
    const named = followPool(opened.account, { attributes, groups, occasion: { ...call, isRequired, hasOne } }, now);
    const change = opened.change ?? named.change;

    if (change) await commit(change);
    const caughtUp = opened.change && groupsCaughtUp(opened.account, now);
    if (caughtUp) await userPoolGroups.setGroups(userName, opened.account.roles);
    if (caughtUp) await commit(caughtUp);
    return { claimsAndScopeOverrideDetails: { groupOverrideDetails: { groupsToOverride: [...named.roles] } } };
  },
);
