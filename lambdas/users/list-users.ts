import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedAccounts } from "#shared/table/repositories/accounts";
import { listUsers } from "#shared/contracts/users";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listUsers,
  { table: dynamoTable, accounts: storedAccounts },
  ({ query, page }, { accounts }) => accounts.all(query, page),
);
