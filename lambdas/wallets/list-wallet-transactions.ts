import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listWalletTransactions } from "#shared/contracts/wallets";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listWalletTransactions, dynamodb, ({ actor, query, page }, { wallets }) =>
  wallets.transactions(actor.userId, query, page),
);
