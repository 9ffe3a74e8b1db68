import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listUsers } from "#shared/contracts/users";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listUsers, dynamodb, ({ query, page }, { accounts }) => accounts.all(query, page));
