import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { getHealth } from "#shared/contracts/system";
import { implement } from "#shared/runtime/implement";

export const handler = implement(getHealth, { table: dynamoTable }, ({ now }) =>
  Promise.resolve({ status: "ok" as const, at: now }),
);
