import { dynamoTable } from "#shared/adapters/dynamodb/table";
import { storedChanges } from "#shared/table/repositories/changes";
import { storedNotifications } from "#shared/table/repositories/notifications";
import { notifyPeople } from "#shared/contracts/notifications";
import { noticesOf } from "#shared/domain/notifications/notice";
import { addNotification, notificationOf } from "#shared/domain/notifications/notify";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { settleEach } from "#shared/runtime/settle-each";

export const handler = implementConsumer(
  notifyPeople,
  { table: dynamoTable, changes: storedChanges, notifications: storedNotifications },
  (_occasion, event, { notifications, commit }) =>
    settleEach(noticesOf(event, "inApp"), async (notice) => {
      const notification = notificationOf(notice);
      const existing = await notifications.get(notification.userId, notification.id);

      const change = addNotification(notification, existing);

      if (change) await commit(change, undefined);
    }),
);
