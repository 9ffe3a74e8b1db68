import { dynamodb } from "#shared/adapters/dynamodb/index";
import { markNotificationRead } from "#shared/contracts/notifications";
import { found } from "#shared/domain/kernel/refusal";
import { markRead } from "#shared/domain/notifications/notify";
import { notificationRefusals } from "#shared/domain/notifications/refusals";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  markNotificationRead,
  dynamodb,
  async ({ actor, path, now }, { notifications, commit }) => {
    const unread = found(await notifications.get(actor.userId, path.notificationId), notificationRefusals.notFound);

    const { change, notification } = markRead(unread, now);

    return change ? commit(change, notification) : notification;
  },
);
