import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedAccounts } from "#shared/table/repositories/accounts";
import { getMe } from "#shared/contracts/users";
import { found } from "#shared/domain/kernel/refusal";
import { userRefusals } from "#shared/domain/users/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getMe,
  { table: dynamoTable, accounts: storedAccounts },
  async ({ actor }, { accounts }) => found(await accounts.get(actor.userId), userRefusals.notFound),
);
