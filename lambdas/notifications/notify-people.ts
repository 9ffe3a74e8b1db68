import { dynamodb } from "#shared/adapters/dynamodb/index";
import { notifyPeople } from "#shared/contracts/notifications";
import { noticesOf } from "#shared/domain/notifications/notice";
import { addNotification, notificationOf } from "#shared/domain/notifications/notify";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { untilEachDecided } from "#shared/runtime/until-each-decided";

export const handler = implementConsumer(notifyPeople, dynamodb, (_occasion, event, { notifications, commit }) =>
  untilEachDecided(noticesOf(event, "inApp"), async (notice) => {
    const notification = notificationOf(notice);
    const existing = await notifications.get(notification.userId, notification.id);

    const change = addNotification(notification, existing);

    if (change) await commit(change);
  }),
);
