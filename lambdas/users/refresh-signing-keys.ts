import { cognitoSigningKeys } from "#shared/adapters/cognito/signing-keys";
import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedJobs } from "#shared/table/repositories/jobs";
import { refreshSigningKeys } from "#shared/contracts/users";
import { implementJob } from "#shared/runtime/implement-job";

export const handler = implementJob(
  refreshSigningKeys,
  { table: dynamoTable, changes: storedChanges, jobs: storedJobs, signingKeys: cognitoSigningKeys },
  async (_occasion, { signingKeys }) => {
    await signingKeys.store(await signingKeys.fetch());
  },
);
