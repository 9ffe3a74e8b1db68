import { dynamodb } from "#shared/adapters/dynamodb/index";
import { requestSignInCode } from "#shared/contracts/users";
import { CHALLENGE, requestCode, signInCodeIdOf } from "#shared/domain/users/sign-in";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(requestSignInCode, dynamodb, async (call, { signInCodes, commit }) => {
  const existing = await signInCodes.get(signInCodeIdOf(call.userName));

  const change = requestCode(existing, call, call.now);

  if (change) await commit(change);
  return CHALLENGE;
});
