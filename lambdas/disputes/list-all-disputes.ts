import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listAllDisputes } from "#shared/contracts/disputes";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listAllDisputes, dynamodb, ({ query, page }, { disputes }) =>
  disputes.all(query, page),
);
