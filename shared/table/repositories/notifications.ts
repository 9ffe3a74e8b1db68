import { Mail } from "#shared/domain/notifications/mail/mail";
import { Notification } from "#shared/domain/notifications/notification";
import type { Mails, Notifications } from "#shared/ports/notifications";
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

export const storedMails = (table: TableEngine): Mails => ({
  get: async (mailId) => parsed(Mail, await table.get(keys.mail(mailId))),
});
