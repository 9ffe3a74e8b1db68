import { dynamodb } from "#shared/adapters/dynamodb/index";
import { banUser } from "#shared/contracts/users";
import { suspend } from "#shared/domain/users/suspension";
import { implement } from "#shared/runtime/implement";

export const handler = implement(banUser, dynamodb, async (call, { accounts, wallets, commit }) => {
  const { userId } = call.path;
  const account = await accounts.get(userId);
  const wallet = await wallets.get(userId);
  const admins = await accounts.someAdmins();

  const banned = suspend({ account, wallet, admins }, call.body.reason, call);

  return banned.change ? commit(banned.change, banned.account) : banned.account;
});
