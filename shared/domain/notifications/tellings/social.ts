/** What creators are told about their accounts with networks. */
import { platformNames } from "../../social/platform-names.ts";
import { owner, type TellingsOf } from "./telling.ts";

export const socialTellings: TellingsOf<`social.${string}`> = {
  // Whoever does it knows it.
  "social.account_connected": [],
  "social.account_disconnected": [
    {
      who: ({ userId, byAdmin }) => (byAdmin ? userId : []),
      channels: ["inApp", "mail"],
      category: "system",
      owed: "protection of data: what they consented to ended without them",
      toSuspended: true,
      text: ({ platform }) => ({
        title: `Your ${platformNames[platform]} account was disconnected`,
        message: `One of our admins disconnected it for you: it is read no longer, and ${platformNames[platform]} is asked to take your consent back. If you did not ask for that, write to us.`,
      }),
    },
  ],
  "social.account_synced": [],
  "social.sync_requested": [],
  "social.reconnect_needed": [
    {
      who: owner,
      channels: ["inApp", "mail"],
      category: "system",
      text: ({ platform }) => ({
        title: `Connect your ${platformNames[platform]} account again`,
        message: `${platformNames[platform]} lets us read your account no longer, so brands see its last figures. Connect it again to keep them up to date.`,
      }),
    },
  ],
};
