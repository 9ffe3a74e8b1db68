import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listCardDisputes } from "#shared/contracts/refunds";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listCardDisputes, dynamodb, ({ page }, { cardDisputes }) => cardDisputes.all(page));
