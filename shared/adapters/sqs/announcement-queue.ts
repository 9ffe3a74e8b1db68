import type { AnnouncementQueue } from "#shared/ports/notifications";
import { sqsSender } from "./sender.ts";

/** The queue of announcements, page by page. */
export const sqsAnnouncementQueue = ({
  ANNOUNCEMENT_QUEUE_URL,
}: {
  readonly ANNOUNCEMENT_QUEUE_URL: string;
}): AnnouncementQueue => ({ send: sqsSender(ANNOUNCEMENT_QUEUE_URL, "the queue of announcements") });
