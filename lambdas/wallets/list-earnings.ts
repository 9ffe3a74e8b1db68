import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedEarnings } from "#shared/table/repositories/wallets";
import { listEarnings } from "#shared/contracts/wallets";
import { isAdmin } from "#shared/domain/kernel/actor";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listEarnings,
  { table: dynamoTable, earnings: storedEarnings },
  ({ actor, query, page }, { earnings }) =>
    isAdmin(actor) ? earnings.all(query, page) : earnings.ofCreator(actor.userId, query, page),
);
