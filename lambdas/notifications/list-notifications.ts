import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedNotifications } from "#shared/table/repositories/notifications";
import { listNotifications } from "#shared/contracts/notifications";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  listNotifications,
  { table: dynamoTable, notifications: storedNotifications },
  ({ actor, query, page }, { notifications }) => notifications.ofUser(actor.userId, query, page),
);
