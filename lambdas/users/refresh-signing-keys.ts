import { cognitoPoolKeys } from "#shared/adapters/cognito/pool-keys";
import { dynamodb } from "#shared/adapters/dynamodb/index";
import { refreshSigningKeys } from "#shared/contracts/users";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  refreshSigningKeys,
  { ...dynamodb, userPoolKeys: cognitoPoolKeys },
  async (_invocation, { userPoolKeys, signingKeys }) => signingKeys.store(await userPoolKeys.fetch()),
);
