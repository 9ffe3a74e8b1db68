import { dynamodb } from "#shared/adapters/dynamodb/index";
import { requestSocialSync } from "#shared/contracts/social";
import { requestSync } from "#shared/domain/social/request-sync";
import { implement } from "#shared/runtime/implement";

export const handler = implement(requestSocialSync, dynamodb, (call, { commit }) =>
  commit(requestSync(call), { requestedAt: call.now }),
);
