import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedNotifications } from "#shared/table/repositories/notifications";
import { countUnreadNotifications } from "#shared/contracts/notifications";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  countUnreadNotifications,
  { table: dynamoTable, notifications: storedNotifications },
  async ({ actor }, { notifications }) => ({ unread: await notifications.unread(actor.userId) }),
);
