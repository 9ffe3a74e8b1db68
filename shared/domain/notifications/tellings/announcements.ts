/** What an admin tells people. */
import type { TellingsOf } from "./telling.ts";

export const announcementsTellings: TellingsOf<`announcement.${string}`> = {
  "announcement.made": [],
  "announcement.addressed": [
    {
      who: ({ userIds }) => userIds,
      channels: ["inApp", "mail"],
      category: ({ category }) => category,
      standsFor: ({ announcementId, madeAt }) => ({ eventId: announcementId, at: madeAt }),
      text: ({ title, message }) => ({ title, message }),
    },
  ],
};
