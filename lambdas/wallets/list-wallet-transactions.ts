import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedWallets } from "#shared/table/repositories/wallets";
import { listWalletTransactions } from "#shared/contracts/wallets";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listWalletTransactions,
  { table: dynamoTable, wallets: storedWallets },
  ({ actor, query, page }, { wallets }) => wallets.transactions(actor.userId, query, page),
);
