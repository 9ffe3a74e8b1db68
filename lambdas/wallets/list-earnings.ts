import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listEarnings } from "#shared/contracts/wallets";
import { isAdmin } from "#shared/domain/kernel/actor";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listEarnings, dynamodb, ({ actor, query, page }, { earnings }) =>
  isAdmin(actor) ? earnings.all(query, page) : earnings.ofCreator(actor.userId, query, page),
);
