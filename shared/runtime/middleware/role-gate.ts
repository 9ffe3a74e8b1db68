import { mayCall, type Role } from "#shared/domain/kernel/actor";
import { refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import type { CallMiddleware } from "./request.ts";

/** Lets a caller pass who holds one of the roles. What is theirs is decided later, by the rules. */
export const roleGate = (roles: readonly Role[]): CallMiddleware => ({
  before: ({ context }) => {
    if (!mayCall(context.actor, roles)) throw refuse(accessRefusals.roleNotAllowed);
  },
});
