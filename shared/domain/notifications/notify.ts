import { type Change, changed, created, type Unversioned } from "../change.ts";
import { derivedId } from "../kernel/derived-id.ts";
import { found } from "../kernel/refusal.ts";
import type { Instant } from "../kernel/time.ts";
import type { Notice } from "./notice.ts";
import type { Notification } from "./notification.ts";
import { notificationRefusals } from "./refusals.ts";

/** The notification of one event and person: its id follows from both, so that it exists once. */
export const notificationOf = (notice: Notice, arrivedAt: Instant): Unversioned<"notification"> => ({
  id: derivedId("notification", `${notice.eventId} ${notice.userId}`, notice.at),
  userId: notice.userId,
  type: notice.eventType,
  title: notice.title,
  message: notice.message,
  category: notice.category,
  readAt: null,
  metadata: notice.about,
  createdAt: notice.at,
  arrivedAt,
});

/** A notification that is not there yet; undefined when an earlier delivery of its event made it. */
export const addNotification = (
  notification: Unversioned<"notification">,
  existing: Notification | undefined,
): Change | undefined => (existing ? undefined : { entities: [created("notification", notification)] });

/** Marks it read, once. */
export function markRead(
  stored: Notification | undefined,
  now: Instant,
): { readonly change: Change | undefined; readonly notification: Notification } {
  const notification = found(stored, notificationRefusals.notFound);
  if (notification.readAt !== null) return { change: undefined, notification };
  const read = changed("notification", notification, { ...notification, readAt: now });
  return { change: { entities: [read] }, notification: read.next };
}

/** Whether it is marked when all are, at an instant: what comes later stays as it is, whenever what it tells happened. */
export const isReadWithAll = ({ readAt, arrivedAt }: Notification, now: Instant): boolean =>
  readAt === null && arrivedAt <= now;

/** Marks these read, together. */
export const markAllRead = (unread: readonly Notification[], now: Instant): Change => ({
  entities: unread.map((one) => changed("notification", one, { ...one, readAt: now })),
});
