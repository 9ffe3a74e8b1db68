import { dynamodb } from "#shared/adapters/dynamodb/index";
import { sqsAnnouncementQueue } from "#shared/adapters/sqs/announcement-queue";
import { spreadAnnouncement } from "#shared/contracts/notifications";
import { addressed, keptAnnouncement, nextPages, PAUSE_SECONDS, pageIn } from "#shared/domain/notifications/announce";
import { audiencePage } from "#shared/application/notifications/audience";
import { implementQueue } from "#shared/runtime/implement-consumer";

export const handler = implementQueue(
  spreadAnnouncement,
  { ...dynamodb, announcementQueue: sqsAnnouncementQueue },
  async (_invocation, message, { accounts, announcements, announcementQueue, commit }) => {
    const { announcementId, after } = pageIn(message);
    const announcement = keptAnnouncement(await announcements.get(announcementId));
    const page = await audiencePage(accounts, announcement, after);

    const change = addressed(announcement, page.items);

    if (change) await commit(change);
    for (const next of nextPages(announcement, page.next)) await announcementQueue.send(next, PAUSE_SECONDS);
  },
);
