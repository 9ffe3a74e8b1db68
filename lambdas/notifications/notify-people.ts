import { dynamodb } from "#shared/adapters/dynamodb/index";
import { notifyPeople } from "#shared/contracts/notifications";
import { noticesOf } from "#shared/domain/notifications/notice";
import { addNotification, notificationOf } from "#shared/domain/notifications/notify";
import { isWanted } from "#shared/domain/notifications/preferences";
import { implementEach } from "#shared/runtime/implement-consumer";

export const handler = implementEach(
  notifyPeople,
  dynamodb,
  (event) => noticesOf(event, "inApp"),
  async ({ now }, notice, { notifications, preferences, commit }) => {
    if (!isWanted(notice, "inApp", await preferences.of(notice.userId))) return;
    const notification = notificationOf(notice, now);
    const existing = await notifications.get(notification.userId, notification.id);

    const change = addNotification(notification, existing);

    if (change) await commit(change);
  },
);
