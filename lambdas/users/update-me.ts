import { dynamodb } from "#shared/adapters/dynamodb/index";
import { updateMe } from "#shared/contracts/users";
import { found } from "#shared/domain/kernel/refusal";
import { updateProfile } from "#shared/domain/users/profile";
import { userRefusals } from "#shared/domain/users/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(updateMe, dynamodb, async ({ actor, body, ifMatch, now }, { accounts, commit }) => {
  const account = found(await accounts.get(actor.userId), userRefusals.notFound);

  const updated = updateProfile(account, body, ifMatch, now);

  return commit(updated.change, updated.account);
});
