import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listNotifications } from "#shared/contracts/notifications";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listNotifications, dynamodb, ({ actor, query, page }, { notifications }) =>
  notifications.ofUser(actor.userId, query, page),
);
