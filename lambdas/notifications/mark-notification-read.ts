import { dynamodb } from "#shared/adapters/dynamodb/index";
import { markNotificationRead } from "#shared/contracts/notifications";
import { markRead } from "#shared/domain/notifications/notify";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  markNotificationRead,
  dynamodb,
  async ({ actor, path, now }, { notifications, commit }) => {
    const unread = await notifications.get(actor.userId, path.notificationId);

    const { change, notification } = markRead(unread, now);

    return change ? commit(change, notification) : notification;
  },
);
