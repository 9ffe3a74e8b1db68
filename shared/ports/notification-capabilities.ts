/** Rows of the catalogue about what people are told, inside the product and by mail. */
import type { MailLinks } from "#shared/domain/notifications/mail/unsubscribe-link";
import { capability, stored } from "./capability.ts";
import type {
  AnnouncementQueue,
  Announcements,
  Mails,
  MailSender,
  MailSuppressions,
  Notifications,
  Preferences,
  Recipients,
  UnsubscribeKeys,
} from "./notifications.ts";

export const notificationCapabilities = {
  "notifications:read": stored<Pick<Notifications, "get" | "unread">>()({ gets: ["notification", "unreadCount"] }),
  "notifications:list": stored<Pick<Notifications, "ofUser">>()({
    queries: ["notification"],
    lists: ["notification.unread"],
  }),
  "notifications:listUnread": stored<Pick<Notifications, "unreadUntil">>()({ lists: ["notification.unread"] }),
  "notifications:write": stored()({ commits: ["notification"], adds: ["unreadCount"] }),
  "preferences:read": stored<Preferences>()({ gets: ["notificationPreferences"] }),
  "preferences:write": stored()({ commits: ["notificationPreferences"] }),
  /** Whether somebody is written to, and where. */
  "recipients:read": stored<Recipients>()({ gets: ["account", "notificationPreferences", "mailSuppression"] }),
  "mailSuppressions:read": stored<MailSuppressions>()({ gets: ["mailSuppression"] }),
  "mailSuppressions:write": stored()({ commits: ["mailSuppression"] }),
  "unsubscribeKeys:make": stored<Pick<UnsubscribeKeys, "key">>()({
    gets: ["unsubscribeKey"],
    writes: ["unsubscribeKey"],
  }),
  "unsubscribeKeys:read": stored<Pick<UnsubscribeKeys, "made">>()({ gets: ["unsubscribeKey"] }),
  /** Where mails lead to. */
  "mailLinks:make": capability<MailLinks>()({ environment: ["API_ORIGIN", "APP_URL"] }),
  "mails:read": stored<Mails>()({ gets: ["mail"] }),
  "mails:write": stored()({ commits: ["mail"] }),
  "mailSender:send": capability<MailSender>()({ environment: ["MAIL_CONFIGURATION_SET", "SENDER_ADDRESS"] }),
  "announcements:read": stored<Announcements>()({ gets: ["announcement"] }),
  "announcements:write": stored()({ commits: ["announcement"] }),
  "announcementQueue:send": capability<AnnouncementQueue>()({ environment: ["ANNOUNCEMENT_QUEUE_URL"] }),
} as const;
