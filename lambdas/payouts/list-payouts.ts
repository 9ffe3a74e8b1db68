import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listPayouts } from "#shared/contracts/payouts";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listPayouts, dynamodb, ({ actor, page }, { payouts }) =>
  payouts.ofCreator(actor.userId, page),
);
