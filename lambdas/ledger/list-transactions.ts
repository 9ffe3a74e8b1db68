import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listTransactions } from "#shared/contracts/ledger";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listTransactions, dynamodb, ({ query, page }, { ledger }) =>
  ledger.transactions(query, page),
);
