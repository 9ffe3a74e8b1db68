import { found } from "../kernel/refusal.ts";
import type { Notification } from "./notification.ts";
import { notificationRefusals } from "./refusals.ts";

/** A notification out of its owner's own list; another's is not there. */
export const ownNotification = (notification: Notification | undefined): Notification =>
  found(notification, notificationRefusals.notFound);
