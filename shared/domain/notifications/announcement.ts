/** What an admin tells a person, or everybody with a role. */
import * as z from "zod";
import { Role } from "../kernel/actor.ts";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";
import { visibleText } from "../kernel/visible-text.ts";
import { NotificationCategory } from "./notification.ts";

const Told = z.strictObject({
  userId: UserId.optional(),
  role: Role.optional(),
  title: visibleText(200),
  message: visibleText(2_000),
  category: NotificationCategory,
});

export const NewAnnouncement = Told.refine(({ userId, role }) => (userId === undefined) !== (role === undefined), {
  error: "name either a person or a role",
  path: ["userId"],
});

/** An announcement, as stored. It is written once; whoever gets it is found while it is spread. */
export const Announcement = z.object({
  ...Told.shape,
  id: idOf("announcement"),
  /** How many people it was for when it was made. */
  recipients: z.int(),
  madeBy: z.string(),
  version: z.int(),
  createdAt: Instant,
});
export type Announcement = z.infer<typeof Announcement>;

/** A page of an announcement's audience, as its queue carries it: from the beginning, or from where the page before ended. */
export const PageMessage = z.object({
  announcementId: z.string(),
  after: z.record(z.string(), z.string()).optional(),
});
export type PageMessage = z.infer<typeof PageMessage>;
