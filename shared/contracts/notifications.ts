import * as z from "zod";
import { idOf } from "#shared/domain/kernel/ids";
import { Announcement, NewAnnouncement } from "#shared/domain/notifications/announcement";
import { Notification } from "#shared/domain/notifications/notification";
import { notificationRefusals } from "#shared/domain/notifications/refusals";
import { eventsTold } from "#shared/domain/notifications/tellings";
import { Preferences } from "#shared/domain/notifications/preferences";
import { userRefusals } from "#shared/domain/users/refusals";
import { http, list, onEvent, onQueue } from "./contract.ts";

const NotificationView = Notification.omit({ userId: true, version: true, arrivedAt: true }).meta({
  id: "Notification",
});

const PreferencesView = Preferences.meta({ id: "NotificationPreferences" });

export const listNotifications = list({
  route: "GET /v1/notifications",
  roles: ["admin", "brand", "creator"],
  query: z.strictObject({
    unread: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional(),
  }),
  reply: NotificationView,
  refuses: [],
  uses: ["notifications:list"],
  summary: "List your notifications",
  ifItFails: "nobody sees their notifications",
});

export const countUnreadNotifications = http({
  route: "GET /v1/notifications/unread-count",
  roles: ["admin", "brand", "creator"],
  reply: z.object({ unread: z.int().min(0) }),
  refuses: [],
  uses: ["notifications:read"],
  summary: "Count your unread notifications, exactly",
  ifItFails: "the bell shows no number",
});

export const markNotificationRead = http({
  route: "POST /v1/notifications/{notificationId}/read",
  roles: ["admin", "brand", "creator"],
  path: z.strictObject({ notificationId: idOf("notification") }),
  reply: NotificationView,
  refuses: [notificationRefusals.notFound],
  uses: ["notifications:read", "notifications:write"],
  summary: "Mark one notification read",
  ifItFails: "the bell keeps its number",
});

export const markAllNotificationsRead = http({
  route: "POST /v1/notifications/read-all",
  roles: ["admin", "brand", "creator"],
  /** Of what came since, and of what is beyond ten thousand. */
  reply: z.object({ unread: z.int().min(0) }),
  refuses: [],
  uses: ["notifications:read", "notifications:listUnread", "notifications:write"],
  inPages: true,
  runs: { timeoutSeconds: 29 },
  summary: "Mark everything read that is there now; what comes meanwhile stays unread",
  ifItFails: "the bell keeps its number",
});

export const getNotificationPreferences = http({
  route: "GET /v1/me/notification-preferences",
  roles: ["admin", "brand", "creator"],
  reply: PreferencesView,
  refuses: [],
  uses: ["preferences:read"],
  summary: "Read what you want to be told, and how",
  ifItFails: "nobody sees what they chose to be told",
});

export const setNotificationPreferences = http({
  route: "PUT /v1/me/notification-preferences",
  roles: ["admin", "brand", "creator"],
  body: Preferences,
  reply: PreferencesView,
  refuses: [],
  uses: ["preferences:read", "preferences:write"],
  summary:
    "Say what you want to be told, and how; what is owed to you by law or for your money's safety comes all the same",
  ifItFails: "nobody can switch off what they do not want to be told",
});

/** As long as a token is, with room. */
const tokenPath = z.strictObject({ token: z.string().min(1).max(200) });

export const showUnsubscription = http({
  route: "GET /v1/unsubscriptions/{token}",
  roles: "public",
  path: tokenPath,
  replyType: "text/html",
  reply: z.string(),
  refuses: [notificationRefusals.linkInvalid],
  uses: ["unsubscribeKeys:read"],
  summary: "Ask whoever follows a mail's link whether they want no more mails of its category",
  ifItFails: "people who want no more mails cannot say so, and call them spam",
});

export const unsubscribe = http({
  route: "POST /v1/unsubscriptions/{token}",
  roles: "public",
  path: tokenPath,
  // `List-Unsubscribe=One-Click` as a form, which the path has said already (RFC 8058, section 3.2).
  rawBody: true,
  replyType: "text/html",
  reply: z.string(),
  refuses: [notificationRefusals.linkInvalid],
  uses: ["unsubscribeKeys:read", "preferences:read", "preferences:write"],
  summary: "End the mails of a category by the signed link in one of them, without signing in",
  ifItFails: "people who want no more mails cannot say so, and call them spam",
});

export const notifyPeople = onEvent({
  events: eventsTold("inApp"),
  uses: ["notifications:read", "notifications:write", "preferences:read"],
  summary: "Tell the people an event concerns, inside the product",
  ifItFails: "people do not see what happened to their campaigns and money",
});

export const mailPeople = onEvent({
  events: eventsTold("mail"),
  uses: ["recipients:read", "mails:read", "mails:write", "mailSender:send", "mailLinks:make", "unsubscribeKeys:make"],
  // SES takes so many mails a second as it grants an account (an account in its sandbox: one), and throttles the rest. One
  // event at a time in two calls, the fewest that a queue can be held to, makes some ten mails a second.
  delivers: { batchSize: 1, maxConcurrency: 2 },
  // With six deliveries, each after six times as long: an outage of a quarter of an hour needs nobody's hand.
  runs: { timeoutSeconds: 30 },
  summary: "Mail the people an event concerns",
  ifItFails: "people get no mail about what concerns them; the notification inside the product is there",
});

export const followMailFeedback = onQueue({
  queue: "mail-feedback",
  delivers: { batchSize: 10, maxConcurrency: 2 },
  uses: ["mailSuppressions:read", "mailSuppressions:write"],
  summary: "Stop mail to addresses that it came back from for good, or whose owners call it spam",
  ifItFails: "we go on writing to addresses that do not exist or do not want it, until AWS stops all our mail",
});

export const announce = http({
  route: "POST /v1/admin/notifications",
  roles: ["admin"],
  body: NewAnnouncement,
  reply: Announcement.pick({ id: true, recipients: true }).meta({ id: "AnnouncementReceipt" }),
  status: 202,
  refuses: [userRefusals.notFound],
  uses: ["accounts:read", "accounts:count", "announcements:write"],
  // It counts whom it is for.
  runs: { timeoutSeconds: 29 },
  summary: "Tell a person, or everybody with a role",
  ifItFails: "admins cannot tell people anything",
});

export const startAnnouncement = onEvent({
  events: ["announcement.made"],
  uses: ["announcementQueue:send"],
  summary: "Put an announcement's first page into the queue",
  ifItFails: "people are not told what an admin announced",
});

export const spreadAnnouncement = onQueue({
  queue: "announcements",
  delivers: { batchSize: 1, maxConcurrency: 2 },
  // What it commits are events; there is no right to those alone.
  uses: ["accounts:read", "accounts:list", "announcements:read", "announcements:write", "announcementQueue:send"],
  runs: { timeoutSeconds: 30, continues: true },
  summary: "Address one page of an announcement's audience, and queue the next",
  ifItFails: "some people are not told what an admin announced",
});
