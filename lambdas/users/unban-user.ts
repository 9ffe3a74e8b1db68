import { dynamodb } from "#shared/adapters/dynamodb/index";
import { unbanUser } from "#shared/contracts/users";
import { reinstate } from "#shared/domain/users/suspension";
import { implement } from "#shared/runtime/implement";

export const handler = implement(unbanUser, dynamodb, async (call, { accounts, wallets, commit }) => {
  const { userId } = call.path;
  const account = await accounts.get(userId);
  const wallet = await wallets.get(userId);

  const unbanned = reinstate({ account, wallet }, call);

  return unbanned.change ? commit(unbanned.change, unbanned.account) : unbanned.account;
});
