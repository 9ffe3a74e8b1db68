import { leadSignIn } from "#shared/contracts/users";
import { nextStep } from "#shared/domain/users/sign-in";
import { implementUserPool } from "#shared/runtime/implement-user-pool";

export const handler = implementUserPool(leadSignIn, {}, ({ rounds }) => Promise.resolve({ ...nextStep(rounds) }));
