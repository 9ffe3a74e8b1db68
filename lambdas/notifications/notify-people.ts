import { dynamodb } from "#shared/adapters/dynamodb/index";
import { notifyPeople } from "#shared/contracts/notifications";
import { addNotification } from "#shared/domain/notifications/notify";
import { notificationOf } from "#shared/domain/notifications/texts";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  notifyPeople,
  dynamodb,
  async (_occasion, event, { notifications, commit }) => {
    const notification = notificationOf(event);
    const existing = await notifications.get(notification.userId, notification.id);

    const change = addNotification(notification, existing);

    if (change) await commit(change);
  },
);
