import type { Mail } from "#shared/domain/notifications/mail/mail";
import type { Announcement } from "#shared/domain/notifications/announcement";
import type { Notification } from "#shared/domain/notifications/notification";
import type { NotificationPreferences } from "#shared/domain/notifications/preferences";
import type { MailSuppression } from "#shared/domain/notifications/mail/suppression";
import type { Declaration } from "../item.ts";

export const notification = {
  kind: "notification",
  prefix: "NOTIFICATION",
  partition: ["userId"],
  sort: ["id"],
  listings: {
    unread: {
      index: "owner",
      prefix: "UNREAD_NOTIFICATIONS",
      partition: ["userId"],
      sort: ["id"],
      when: ({ readAt }) => readAt === null,
    },
  },
} as const satisfies Declaration<Notification>;

export const unreadCount = {
  kind: "unreadCount",
  prefix: "UNREAD_COUNT",
  partition: ["userId"],
  sort: [],
} as const satisfies Declaration<{ readonly userId: string }>;

export const mail = {
  kind: "mail",
  prefix: "MAIL",
  partition: ["id"],
  sort: [],
  expires: { days: 90, after: "createdAt" },
} as const satisfies Declaration<Mail>;

export const notificationPreferences = {
  kind: "notificationPreferences",
  prefix: "NOTIFICATION_PREFERENCES",
  partition: ["userId"],
  sort: [],
} as const satisfies Declaration<NotificationPreferences>;

/** An address that nobody writes to any more. */
export const mailSuppression = {
  kind: "mailSuppression",
  prefix: "MAIL_SUPPRESSION",
  partition: ["id"],
  sort: [],
} as const satisfies Declaration<MailSuppression>;

/** The secret that links to unsubscribe are signed under: one item, made by whoever needs it first. */
export const unsubscribeKey = {
  kind: "unsubscribeKey",
  prefix: "UNSUBSCRIBE_KEY",
  partition: [],
  sort: [],
  appendOnly: true,
} as const satisfies Declaration<{ readonly secret: string }>;

export const announcement = {
  kind: "announcement",
  prefix: "ANNOUNCEMENT",
  partition: ["id"],
  sort: [],
} as const satisfies Declaration<Announcement>;
