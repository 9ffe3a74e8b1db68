import { Mail } from "#shared/domain/notifications/mail/mail";
import { Notification } from "#shared/domain/notifications/notification";
import type { Mails, Notifications } from "#shared/ports/notifications";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { newestFirst, pageOf, parsed } from "./pages.ts";

export const storedNotifications = (table: TableEngine): Notifications => ({
  get: async (userId, notificationId) =>
    parsed(Notification, await table.get(itemKey(items.notification, { userId, id: notificationId }))),
  ofUser: (userId, { unread }, page) =>
    pageOf(
      table,
      newestFirst(listing(items.notification, { userId })),
      Notification,
      page,
      ({ readAt }) => unread === undefined || unread === (readAt === null),
    ),
  unread: async (userId) => Number((await table.get(itemKey(items.unreadCount, { userId })))?.["unread"] ?? 0),
});

export const storedMails = (table: TableEngine): Mails => ({
  get: async (mailId) => parsed(Mail, await table.get(itemKey(items.mail, { id: mailId }))),
});
