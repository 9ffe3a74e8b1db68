import { type Change, changed, created } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import type { Notification } from "./notification.ts";

/** A notification that is not there yet; undefined when an earlier delivery of its event made it. */
export const addNotification = (notification: Notification, existing: Notification | undefined): Change | undefined =>
  existing ? undefined : { entities: [created("notification", notification)] };

/** Marks it read, once. */
export function markRead(
  notification: Notification,
  now: Instant,
): { readonly change: Change | undefined; readonly notification: Notification } {
  if (notification.readAt !== null) return { change: undefined, notification };
  const reading = changed("notification", notification, { ...notification, readAt: now });
  return { change: { entities: [reading] }, notification: reading.next };
}
