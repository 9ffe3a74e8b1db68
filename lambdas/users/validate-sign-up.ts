import { cognitoPeople } from "#shared/adapters/cognito/people";
import { validateSignUp } from "#shared/contracts/users";
import { externalIdentity, isLinkedTo, linkedTo } from "#shared/domain/users/external-sign-in";
import { admitToPool } from "#shared/domain/users/sign-up";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(
  validateSignUp,
  { userPoolPeople: cognitoPeople },
  async (call, { userPoolPeople }) => {
    admitToPool(call.triggerSource, call.attributes);
    const identity = externalIdentity(call);
    if (identity === undefined) return {};

    const found = await userPoolPeople.find(identity.email);
    if (isLinkedTo(found, identity)) return {};
    const userName = linkedTo(found) ?? (await userPoolPeople.admit(identity));
    // Without a password they could neither sign in nor reset one.
    if (found?.awaitsPassword) await userPoolPeople.closePassword(userName);
    await userPoolPeople.link(userName, identity);
    return {};
  },
);
