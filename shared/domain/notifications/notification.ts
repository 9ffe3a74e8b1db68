import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

export const NotificationCategory = z.enum(["campaigns", "submissions", "payments", "system"]);
export type NotificationCategory = z.infer<typeof NotificationCategory>;

/** What a person is told inside the product. Its id is made of the event and the person, so it exists once. */
export const Notification = z.object({
  id: idOf("notification"),
  userId: UserId,
  type: z.string(),
  title: z.string(),
  message: z.string(),
  category: NotificationCategory,
  readAt: Instant.nullable(),
  metadata: z.record(z.string(), z.string()),
  version: z.int(),
  /** When what it tells happened; its id sorts by it. */
  createdAt: Instant,
  /** When it was there to be read. */
  arrivedAt: Instant,
});
export type Notification = z.infer<typeof Notification>;
