import { randomApiSecrets } from "#shared/adapters/codes/api-secrets";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { createApiKey } from "#shared/contracts/api-keys";
import { createApiKey as decide } from "#shared/domain/api-keys/create-api-key";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  createApiKey,
  { ...dynamodb, apiSecrets: randomApiSecrets },
  async (call, { apiSecrets, commit }) => {
    const { change, apiKey } = decide(call.body, apiSecrets.next(), call);

    return commit(change, apiKey);
  },
);
