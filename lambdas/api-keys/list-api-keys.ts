import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listApiKeys } from "#shared/contracts/api-keys";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listApiKeys, dynamodb, ({ actor, page }, { apiKeys }) =>
  apiKeys.ofBrand(actor.userId, page),
);
