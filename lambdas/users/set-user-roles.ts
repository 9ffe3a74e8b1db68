import { dynamodb } from "#shared/adapters/dynamodb/index";
import { setUserRoles } from "#shared/contracts/users";
import { found } from "#shared/domain/kernel/refusal";
import { userRefusals } from "#shared/domain/users/refusals";
import { setRoles } from "#shared/domain/users/roles";
import { implement } from "#shared/runtime/implement";

export const handler = implement(setUserRoles, dynamodb, async ({ path, body, now }, { accounts, commit }) => {
  const account = found(await accounts.get(path.userId), userRefusals.notFound);
  const admins = await accounts.someAdmins();

  const set = setRoles(account, body.roles, admins, now);

  return set.change ? commit(set.change, set.account) : set.account;
});
