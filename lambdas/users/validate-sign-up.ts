import { validateSignUp } from "#shared/contracts/users";
import { admitToPool } from "#shared/domain/users/sign-up";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(validateSignUp, {}, (call) => {
  admitToPool(call.triggerSource, call.attributes);
  return Promise.resolve({});
});
