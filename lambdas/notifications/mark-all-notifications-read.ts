import { dynamodb } from "#shared/adapters/dynamodb/index";
import { markAllNotificationsRead } from "#shared/contracts/notifications";
import { markAllRead } from "#shared/domain/notifications/notify";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  markAllNotificationsRead,
  dynamodb,
  async ({ actor, now }, { notifications, commit }) => {
    for await (const page of notifications.unreadUntil(actor.userId, now)) await commit(markAllRead(page, now));

    return { unread: await notifications.unread(actor.userId) };
  },
);
