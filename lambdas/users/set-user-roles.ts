import { dynamodb } from "#shared/adapters/dynamodb/index";
import { setUserRoles } from "#shared/contracts/users";
import { setRoles } from "#shared/domain/users/roles";
import { implement } from "#shared/runtime/implement";

export const handler = implement(setUserRoles, dynamodb, async (call, { accounts, commit }) => {
  const account = await accounts.get(call.path.userId);
  const admins = await accounts.someAdmins();

  const set = setRoles(account, call.body.roles, admins, call);

  return set.change ? commit(set.change, set.account) : set.account;
});
