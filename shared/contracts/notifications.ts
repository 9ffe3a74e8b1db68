import * as z from "zod";
import { idOf } from "#shared/domain/kernel/ids";
import { Notification } from "#shared/domain/notifications/notification";
import { notificationRefusals } from "#shared/domain/notifications/refusals";
import { eventsTold } from "#shared/domain/notifications/tellings";
import { http, list, onEvent } from "./contract.ts";

const NotificationView = Notification.omit({ userId: true, version: true }).meta({ id: "Notification" });

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
  uses: ["notifications:read"],
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

export const notifyPeople = onEvent({
  events: eventsTold("inApp"),
  uses: ["notifications:read", "notifications:write"],
  summary: "Tell the people an event concerns, inside the product",
  ifItFails: "people do not see what happened to their campaigns and money",
});

export const mailPeople = onEvent({
  events: eventsTold("mail"),
  uses: ["accounts:read", "mails:read", "mails:write", "mailSender:send"],
  // SES takes so many mails a second as it grants an account (an account in its sandbox: one), and throttles the rest. One
  // event at a time in two calls, the fewest that a queue can be held to, makes some ten mails a second.
  delivers: { batchSize: 1, maxConcurrency: 2 },
  // With six deliveries, each after six times as long: an outage of a quarter of an hour needs nobody's hand.
  runs: { timeoutSeconds: 30 },
  summary: "Mail the people an event concerns",
  ifItFails: "people get no mail about what concerns them; the notification inside the product is there",
});
