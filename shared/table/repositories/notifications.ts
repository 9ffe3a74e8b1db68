import { Message } from "#shared/domain/notifications/message";
import { Notification } from "#shared/domain/notifications/notification";
import type { Messages, Notifications } from "#shared/ports/notifications";
import type { TableEngine } from "#shared/table/engine";
import { keys, patterns } from "#shared/table/keys";
import { inTable, pageOf, parsed } from "./pages.ts";

export const storedNotifications = (table: TableEngine): Notifications => ({
  get: async (userId, notificationId) =>
    parsed(Notification, await table.get(keys.notification(userId, notificationId))),
  ofUser: (userId, { unread }, page) =>
    pageOf(
      table,
      inTable(patterns.notificationsOfUser(userId), true),
      Notification,
      page,
      ({ readAt }) => unread === undefined || unread === (readAt === null),
    ),
  unread: async (userId) => Number((await table.get(keys.unreadCount(userId)))?.["unread"] ?? 0),
});

export const storedMessages = (table: TableEngine): Messages => ({
  get: async (messageId) => parsed(Message, await table.get(keys.message(messageId))),
});
