import { dynamodb } from "#shared/adapters/dynamodb/index";
import { revokeApiKey } from "#shared/contracts/api-keys";
import { revokeApiKey as decide } from "#shared/domain/api-keys/revoke-api-key";
import { implement } from "#shared/runtime/implement";

export const handler = implement(revokeApiKey, dynamodb, async (call, { apiKeys, commit }) => {
  const apiKey = await apiKeys.find(call.path.keyId);

  return commit(decide(apiKey, call));
});
