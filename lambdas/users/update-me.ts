import { dynamodb } from "#shared/adapters/dynamodb/index";
import { updateMe } from "#shared/contracts/users";
import { updateProfile } from "#shared/domain/users/profile";
import { implement } from "#shared/runtime/implement";

export const handler = implement(updateMe, dynamodb, async (call, { accounts, commit }) => {
  const account = await accounts.get(call.actor.userId);

  const updated = updateProfile(account, call.body, call);

  return commit(updated.change, updated.account);
});
