import { sqsAnnouncementQueue } from "#shared/adapters/sqs/announcement-queue";
import { startAnnouncement } from "#shared/contracts/notifications";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  startAnnouncement,
  { announcementQueue: sqsAnnouncementQueue },
  (_invocation, { detail: { announcementId } }, { announcementQueue }) => announcementQueue.send({ announcementId }),
);
