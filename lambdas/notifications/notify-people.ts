import { dynamodb } from "#shared/adapters/dynamodb/index";
import { notifyPeople } from "#shared/contracts/notifications";
import { noticesOf } from "#shared/domain/notifications/notice";
import { addNotification, notificationOf } from "#shared/domain/notifications/notify";
import { implementEach } from "#shared/runtime/implement-consumer";

export const handler = implementEach(
  notifyPeople,
  dynamodb,
  (event) => noticesOf(event, "inApp"),
  async (_invocation, notice, { notifications, commit }) => {
    const notification = notificationOf(notice);
    const existing = await notifications.get(notification.userId, notification.id);

    const change = addNotification(notification, existing);

    if (change) await commit(change);
  },
);
