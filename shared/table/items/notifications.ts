import type { Mail } from "#shared/domain/notifications/mail/mail";
import type { Notification } from "#shared/domain/notifications/notification";
import type { Declaration } from "../item.ts";

export const notification = {
  kind: "notification",
  prefix: "NOTIFICATION",
  partition: ["userId"],
  sort: ["id"],
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
