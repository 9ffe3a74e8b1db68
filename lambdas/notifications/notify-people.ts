import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedNotifications } from "#shared/table/repositories/notifications";
import { notifyPeople } from "#shared/contracts/notifications";
import { addNotification } from "#shared/domain/notifications/notify";
import { notificationOf } from "#shared/domain/notifications/texts";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  notifyPeople,
  { table: dynamoTable, changes: storedChanges, notifications: storedNotifications },
  async (_occasion, event, { notifications, commit }) => {
    const notification = notificationOf(event);
    const existing = await notifications.get(notification.userId, notification.id);

    const change = addNotification(notification, existing);

    if (change) await commit(change, undefined);
  },
);
